package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.deprovision.RunRequest;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a run waits. */
class RunBackoffTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final RunBackoff parking = new RunBackoff(new DeprovisionProperties(Duration.ofHours(2), 8));

    private static Deprovision atAttempt(int attempt) {
        var run = Deprovision.requested(new GroupId("g"), new RunRequest(new Caller("portal"), null, NOW, null, null));
        for (int i = 1; i < attempt; i++) {
            run = run.started(NOW).parked(new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "x"), NOW, true);
        }
        return run.started(NOW);
    }

    @Test
    void doublesUpToTenMinutes() {
        long[] bounds = {5, 10, 20, 40, 80, 160, 320, 600, 600, 600};
        for (int attempt = 1; attempt <= bounds.length; attempt++) {
            var next = parking.after(atAttempt(attempt), Duration.ZERO, NOW);
            var bound = Duration.ofSeconds(bounds[attempt - 1]);
            assertThat(Duration.between(NOW, next)).isBetween(bound.dividedBy(2), bound);
        }
    }

    @Test
    void waitsAsLongAsTheProviderAsks() {
        assertThat(parking.after(atAttempt(1), Duration.ofMinutes(7), NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(7)));
    }

    @Test
    void waitsNoLongerThanToTheDeadline() {
        var run = atAttempt(1);
        assertThat(parking.after(run, Duration.ofHours(3), NOW)).isEqualTo(NOW.plus(Duration.ofHours(2)));
        assertThat(parking.isOver(run, NOW.plus(Duration.ofHours(2)).minusMillis(1)))
                .isFalse();
        assertThat(parking.isOver(run, NOW.plus(Duration.ofHours(2)))).isTrue();
    }
}
