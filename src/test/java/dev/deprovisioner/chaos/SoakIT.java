package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Runs, lists, exports, kills, a slow receiver and a failing database at once: the service keeps its promises and takes
 * no more than its bounds. The Maven profile {@code soak} runs it for 30 minutes, or for {@code soak.minutes}.
 */
@Tag("soak")
@Isolated("Measures memory and connections")
class SoakIT {

    private static final int MINUTES = Integer.getInteger("soak.minutes", 30);
    /** 5,000 in 30 minutes. */
    private static final int RUNS = Integer.getInteger("soak.runs", 5000 * MINUTES / 30);

    private static final Path REPORT = Path.of("target", "soak");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void keepsItsPromisesWithinItsBounds() throws Exception {
        try (var soak = new Soak(directory, Duration.ofMinutes(MINUTES), RUNS)) {
            soak.run();
            var report = soak.report();
            report.writeTo(REPORT);

            assertThat(soak.breaches()).isEmpty();
            assertThat(report.broken()).isEmpty();
        }
    }
}
