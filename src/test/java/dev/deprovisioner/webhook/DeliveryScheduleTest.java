package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ten tries over three days, never all at once. */
class DeliveryScheduleTest {

    private static final long[] SECONDS = {5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400};

    @Test
    void followsTheScheduleWithUpToATenthOfJitter() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            for (int tries = 1; tries <= SECONDS.length; tries++) {
                var full = Duration.ofSeconds(SECONDS[tries - 1]);
                assertThat(DeliverySchedule.pauseAfter(tries, Duration.ZERO, random)
                                .orElseThrow())
                        .isBetween(full, full.plus(full.dividedBy(10)));
            }
        }
    }

    @Test
    void spreadsTheTries() {
        var random = new Random(7);
        var pauses = IntStream.range(0, 50)
                .mapToObj(i -> DeliverySchedule.pauseAfter(2, Duration.ZERO, random))
                .distinct();
        assertThat(pauses).hasSizeGreaterThan(40);
    }

    @Test
    void givesUpAfterTheTenthTry() {
        assertThat(DeliverySchedule.pauseAfter(10, Duration.ZERO, new Random(1)))
                .isEmpty();
    }

    @Test
    void isNeverShorterThanTheReceiverAsks() {
        var hour = Duration.ofHours(1);
        assertThat(DeliverySchedule.pauseAfter(1, hour, new Random(1))).contains(hour);
    }
}
