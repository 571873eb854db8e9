package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@code target/benchmark/report.md}. A goal that is missed does not fail the build: the report says so. */
@Isolated
class BenchmarkIT {

    private static final Logger log = LoggerFactory.getLogger(BenchmarkIT.class);
    private static final Path REPORT = Path.of("target/benchmark");

    /** Some thousand runs, with which the service gets warm for the others. */
    private static final List<Measurement> FIRST = List.of(new Throughput());

    /** The short form is these alone. */
    private static final List<Measurement> SHORT =
            List.of(new SmallGroup(), new LargeGroup(16, 1.05), new RefusedRequests(), new Commits());

    private static final List<Measurement> FURTHER = List.of(
            new Accepting(),
            new LargeGroup(64, 1.10),
            new LimitedRate(),
            new TwoReplicas(),
            new Replicas(),
            new Queued(),
            new Growth(),
            new Startup(),
            new Idle());

    @TempDir
    private Path directory = Path.of("");

    @Test
    void reportsWhichGoalsAreMet() {
        boolean published = Boolean.getBoolean("benchmark.write");
        var machine = Machine.here();
        if (published) {
            Publication.requirePublishable(machine, only().isEmpty() && Scale.chosen() == Scale.FULL);
        }
        var chapters = new ArrayList<Chapter>();
        try (var lab = new Lab(Scale.chosen(), directory)) {
            var chosen = chosen();
            chosen.forEach(measurement -> measurement.prepare(lab));
            for (var measurement : chosen) {
                chapters.add(measurement.measure(lab));
                var report = new Report(machine, lab.scale(), chapters);
                report.write(REPORT);
                log.info("{}\n{}", measurement, report.table());
            }
            if (published) {
                new Publication(Path.of("")).write(new Report(machine, lab.scale(), chapters));
            }
        }
        assertThat(REPORT.resolve("report.md")).exists();
    }

    /** Those whose name begins with {@link #only}; else all. */
    private static List<Measurement> chosen() {
        var only = only();
        var all = Stream.of(FIRST, SHORT, FURTHER).flatMap(List::stream);
        return (only.isEmpty() && Scale.chosen() == Scale.QUICK ? SHORT.stream() : all)
                .filter(measurement -> measurement.getClass().getSimpleName().startsWith(only))
                .toList();
    }

    /** How the names of what is measured begin, such as {@code Commits}; empty for all. */
    private static String only() {
        return System.getProperty("benchmark.only", "");
    }
}
