package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Instant;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the log says of an attempt. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class RunLogTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsAttemptsFromOneAlsoIfThisOneDoesNotCount(boolean counts, CapturedOutput log) {
        var before = Runs.scheduled().started(NOW);
        var paused = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "Paused.");

        RunLog.logAttempt(before, before.parked(paused, NOW.plusSeconds(60), counts));

        assertThat(log).contains("Step waits: VALIDATE until 2026-11-23T08:01:00Z, attempt 1, upstream-unavailable");
    }
}
