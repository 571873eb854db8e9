package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process that is alone sends of what the provider says is left. */
class LocalRateLimiterTest {

    private static final RateLimit LIMIT = new RateLimit(300, Duration.ofMinutes(1), null);
    private static final Duration WINDOW = Duration.ofSeconds(9);

    private final SteppedTime time = new SteppedTime();
    private final ProviderThrottle throttle = new ProviderThrottle(time, LIMIT);
    private final LocalRateLimiter limit = new LocalRateLimiter(LIMIT, throttle, time);

    @BeforeEach
    void fillTheBucket() {
        time.step(Duration.ofMinutes(1));
    }

    private int taken() {
        int taken = 0;
        while (limit.take(1) == 0) {
            taken++;
        }
        return taken;
    }

    @Test
    void sendsWhatIsLeftAndWaitsForTheEnd() {
        throttle.apply(new RemainingQuota(5, WINDOW));

        assertThat(taken()).isEqualTo(5);
        assertThat(Duration.ofNanos(limit.take(1))).isEqualTo(WINDOW);
        time.step(WINDOW);
        assertThat(taken()).as("the burst").isEqualTo(30);
    }

    @Test
    void aLongWindowThatIsUsedUpIsAPause() {
        throttle.apply(new RemainingQuota(5, Duration.ofMinutes(1)));
        assertThat(taken()).isEqualTo(5);

        assertThat(Duration.ofNanos(throttle.pauseLeft())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aLongerWaitForTheOwnRateIsNoPauseBeyondTheWindow() {
        var hourly = new RateLimit(10, Duration.ofHours(1), null);
        var own = new ProviderThrottle(time, hourly);
        var slow = new LocalRateLimiter(hourly, own, time);
        time.step(Duration.ofHours(1));
        own.apply(new RemainingQuota(1, Duration.ofMinutes(1)));
        assertThat(slow.take(1)).isZero();

        assertThat(Duration.ofNanos(slow.take(1))).isEqualTo(Duration.ofSeconds(10));

        assertThat(Duration.ofNanos(own.pauseLeft())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theRemainingQuotaIsNoPauseWhileOnlyTheOwnRateLimits() {
        throttle.apply(new RemainingQuota(40, Duration.ofMinutes(1)));

        assertThat(taken()).isLessThan(40);
        assertThat(throttle.pauseLeft()).isNotPositive();
    }

    @Test
    void asManyMayBeLeftOfTheNextWindow() {
        throttle.apply(new RemainingQuota(5, WINDOW));
        taken();
        time.step(WINDOW);

        throttle.apply(new RemainingQuota(5, WINDOW));

        assertThat(taken()).isEqualTo(5);
    }

    @Test
    void permitsStayTakenWhenTheQuotaIsReportedAgain() {
        throttle.apply(new RemainingQuota(10, WINDOW));
        for (int i = 0; i < 8; i++) {
            assertThat(limit.take(1)).isZero();
        }

        throttle.apply(new RemainingQuota(5, WINDOW));

        assertThat(taken()).isEqualTo(2);
    }
}
