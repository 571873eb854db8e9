package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketShapeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static BucketShape slowed(RateLimit own, RateCap policy) {
        return BucketShape.of(own).slowedBy(policy);
    }

    @Test
    void withoutAPolicyItIsTheOwnLimit() {
        var own = BucketShape.of(new RateLimit(300, MINUTE, null));

        assertThat(own.slowedBy(null)).isEqualTo(new BucketShape(300, MINUTE, 30));
    }

    @Test
    void leavesRoomForRequestsThatArriveTogether() {
        assertThat(BucketShape.of(new RateLimit(3000, MINUTE, 100))).isEqualTo(new BucketShape(3000, MINUTE, 95));
        assertThat(BucketShape.of(new RateLimit(3000, MINUTE, 3))).isEqualTo(new BucketShape(3000, MINUTE, 2));
    }

    @Test
    void aPolicyHasATenthAtOnce() {
        assertThat(slowed(new RateLimit(3000, MINUTE, null), RateCap.policy(1000, MINUTE)))
                .isEqualTo(new BucketShape(1000, MINUTE, 100));
    }

    @Test
    void aPolicyNeverMakesItFaster() {
        var second = Duration.ofSeconds(1);

        assertThat(slowed(new RateLimit(100, second, 30), RateCap.policy(110, second)))
                .isEqualTo(new BucketShape(100, second, 11));
        assertThat(slowed(new RateLimit(100, second, 1), RateCap.policy(99, second)))
                .isEqualTo(new BucketShape(99, second, 1));
    }
}
