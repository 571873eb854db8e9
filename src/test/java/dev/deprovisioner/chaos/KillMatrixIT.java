package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wherever the service is killed, the next process ends what it had begun, as if nothing had been. */
@Execution(ExecutionMode.CONCURRENT)
class KillMatrixIT {

    private static final Logger log = LoggerFactory.getLogger(KillMatrixIT.class);
    private static final Map<String, String> ALL = Map.of();
    private static final Map<String, String> TWO_BATCHES =
            Map.of("deprovisioner.scim.member-removal", "filtered", "deprovisioner.scim.removal-batch-size", "1");

    @TempDir
    private Path directory = Path.of("");

    @Tag("chaos")
    @TestFactory
    Stream<DynamicTest> onTheEmbeddedDatabase() {
        return onTheEmbeddedDatabase(ALL, 2);
    }

    @TestFactory
    Stream<DynamicTest> onPostgres() {
        return onPostgres(ALL, 2);
    }

    @Tag("chaos")
    @TestFactory
    Stream<DynamicTest> inBatchesOnTheEmbeddedDatabase() {
        return onTheEmbeddedDatabase(TWO_BATCHES, 5);
    }

    @Tag("chaos")
    @TestFactory
    Stream<DynamicTest> inBatchesOnPostgres() {
        return onPostgres(TWO_BATCHES, 5);
    }

    /** No other process can hold its file, so the next one does not wait for the leases of the killed one. */
    private Stream<DynamicTest> onTheEmbeddedDatabase(Map<String, String> settings, int kills) {
        try (var matrix = new KillMatrix(directory, Rig.embedded(directory), settings, kills)) {
            var cells = cells("H2 " + settings, matrix);
            var atOnce = DynamicTest.dynamicTest(
                    "resumes at once",
                    () -> assertThat(matrix.resumedAfterStart())
                            .allMatch(time -> time.compareTo(Duration.ofSeconds(10)) < 0));
            return Stream.concat(cells, Stream.of(atOnce));
        }
    }

    private Stream<DynamicTest> onPostgres(Map<String, String> settings, int kills) {
        try (var matrix = new KillMatrix(directory, Postgres.create().ownersUrl(), settings, kills)) {
            return cells("PostgreSQL " + settings, matrix);
        }
    }

    private static Stream<DynamicTest> cells(String name, KillMatrix matrix) {
        var findings = matrix.findings();
        // Twelve commits and eight requests at least, each from two sides, and the webhook.
        assertThat(findings).hasSizeGreaterThanOrEqualTo(2 * (12 + 8) + 1);
        log.info("{}: {} cells, {} after a kill", name, findings.size(), summary(matrix.resumed()));
        return findings.entrySet().stream()
                .map(cell -> DynamicTest.dynamicTest(
                        cell.getKey(), () -> assertThat(cell.getValue()).isEmpty()));
    }

    private static String summary(List<Map.Entry<String, Duration>> sorted) {
        return sorted.isEmpty()
                ? "none resumed"
                : "%d resumed, the median %d ms and the last, %s, %d ms"
                        .formatted(
                                sorted.size(),
                                sorted.get(sorted.size() / 2).getValue().toMillis(),
                                sorted.getLast().getKey(),
                                sorted.getLast().getValue().toMillis());
    }
}
