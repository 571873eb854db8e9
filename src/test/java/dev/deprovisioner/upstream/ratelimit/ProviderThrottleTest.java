package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The signals that a process publishes to the others that share the limit, and how it applies theirs. */
class ProviderThrottleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SteppedTime time = new SteppedTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<ThrottleSignal> reported = new ArrayList<>();
    private final Queue<Runnable> whileAsked = new ArrayDeque<>();
    private final ProviderThrottle throttle =
            new ProviderThrottle(time, new RateLimit(300, Duration.ofMinutes(1), null));
    private final Pacing pacing = new Pacing(
            16,
            new RateLimiter() {
                @Override
                public long take(int callers) {
                    var next = whileAsked.poll();
                    if (next == null) {
                        return 0;
                    }
                    next.run();
                    return SECOND.toNanos();
                }

                @Override
                public void publish(ThrottleSignal brake) {
                    reported.add(brake);
                }
            },
            throttle,
            time,
            time,
            meters);

    @Test
    void publishesOnlySignalsThatSlowFurther() {
        pacing.observe(new Pause(SECOND.multipliedBy(20)));
        pacing.observe(new Pause(SECOND));
        pacing.observe(new Pause(Duration.ZERO));
        pacing.observe(RateCap.policy(60, SECOND.multipliedBy(10)));
        pacing.observe(RateCap.policy(20, SECOND.multipliedBy(10)));
        pacing.observe(RateCap.policy(20, SECOND.multipliedBy(10)));
        pacing.observe(RateCap.policy(30, SECOND.multipliedBy(10)));

        assertThat(reported)
                .containsExactly(new Pause(SECOND.multipliedBy(20)), RateCap.policy(20, SECOND.multipliedBy(10)));
    }

    @Test
    void publishesTheRemainingQuotaWhenItIsLessThanIsKnown() {
        pacing.observe(new RemainingQuota(299, MINUTE));
        throttle.countSent();
        throttle.countSent();

        for (int left : new int[] {298, 297, 290, 293, 289}) {
            pacing.observe(new RemainingQuota(left, MINUTE));
        }

        assertThat(reported)
                .extracting(brake -> ((RemainingQuota) brake).requests())
                .containsExactly(299L, 290L, 289L);
    }

    @Test
    void nothingLeftIsAPauseUntilTheFirstReportedEnd() {
        pacing.observe(new RemainingQuota(9, SECOND.multipliedBy(3)));
        time.step(SECOND.multipliedBy(2));
        pacing.observe(new RemainingQuota(0, SECOND.multipliedBy(2)));

        assertThat(reported.getLast()).isEqualTo(new Pause(SECOND));
    }

    @Test
    void publishesAnEvenRateWhereTheEndWouldBeALongWait() {
        pacing.observe(new RemainingQuota(200, MINUTE));
        assertThat(throttle.slow()).isEqualTo(new RateCap(200, MINUTE, MINUTE));

        time.step(MINUTE);

        assertThat(throttle.slow()).isNull();
        assertThat(reported).containsExactly(new RateCap(200, MINUTE, MINUTE), new RemainingQuota(200, MINUTE));
    }

    @Test
    void keepsTheLongerOfTwoThatAreUsedUp() {
        pacing.observe(new RemainingQuota(0, SECOND));
        pacing.observe(new RemainingQuota(0, HOUR));
        pacing.observe(new RemainingQuota(0, SECOND));

        assertThat(Duration.ofNanos(throttle.pauseLeft())).isEqualTo(HOUR);
        assertThat(reported).containsExactly(new Pause(SECOND), new Pause(HOUR));
    }

    @Test
    void goesEvenlyForTheLongerOfTwo() {
        for (int i = 0; i < 3; i++) {
            pacing.observe(new RemainingQuota(9, SECOND));
            pacing.observe(new RemainingQuota(400, HOUR));
        }

        assertThat(throttle.slow()).isEqualTo(new RateCap(400, HOUR, HOUR));
        assertThat(throttle.window()).isNotNull().extracting(QuotaWindow::left).isEqualTo(9L);
    }

    @Test
    void countsTheSmallerOfTwoQuotasAndPublishesItOnce() {
        for (int answered = 1; answered <= 60; answered++) {
            pacing.observe(new RemainingQuota(200 - answered, HOUR));
            pacing.observe(new RemainingQuota(100 - answered, MINUTE));
            throttle.countSent();
        }

        assertThat(throttle.window()).isNotNull().extracting(QuotaWindow::left).isEqualTo(39L);
        assertThat(reported)
                .filteredOn(RemainingQuota.class::isInstance)
                .containsExactly(new RemainingQuota(199, HOUR), new RemainingQuota(99, MINUTE));
    }

    @Test
    void countsTheOtherWhenFewerAreLeftOfIt() {
        pacing.observe(new RemainingQuota(50, MINUTE));
        pacing.observe(new RemainingQuota(10, HOUR));

        assertThat(throttle.window()).isEqualTo(new QuotaWindow(10, time.currentTimeNanos() + HOUR.toNanos()));
    }

    @Test
    void looksForAPauseWhileItWaitsForAPermit() {
        var alone = new Pacing(
                16,
                new LocalRateLimiter(new RateLimit(1, HOUR, null), throttle, time),
                throttle,
                time,
                millis -> {
                    time.sleep(millis);
                    throttle.apply(new Pause(HOUR));
                },
                meters);

        assertThatThrownBy(() -> alone.acquire(QueueKey.priority(), PATIENCE, FixedToken.TOKEN))
                .isInstanceOfSatisfying(
                        PauseTooLongException.class, e -> assertThat(e.left()).isEqualTo(HOUR));
        assertThat(time.waits()).as("until it looked").containsExactly(SECOND.multipliedBy(10));
    }

    @Test
    void takesOffWhatWasInFlightWhenAWindowWasFirstKnown() {
        for (int left = 299; left > 284; left--) {
            pacing.observe(new RemainingQuota(left, MINUTE));
        }

        assertThat(throttle.window()).isNotNull().extracting(QuotaWindow::left).isEqualTo(285L);
    }

    @Test
    void publishesNoQuotaBeyondTheOwnLimit() {
        pacing.observe(new RemainingQuota(330, MINUTE));

        assertThat(reported).isEmpty();
    }

    @Test
    void theRemainingQuotaOfTheNextWindowIsPublishedAgain() {
        pacing.observe(new RemainingQuota(1, SECOND));
        time.step(SECOND);

        pacing.observe(new RemainingQuota(300, MINUTE));

        assertThat(reported).containsExactly(new RemainingQuota(1, SECOND), new RemainingQuota(300, MINUTE));
    }

    @Test
    void aPolicyThatEachAnswerRepeatsDoesNotEnd() {
        var policy = RateCap.policy(1, SECOND);
        for (int i = 0; i < 100; i++) {
            pacing.observe(policy);
            time.step(SECOND.plusMillis(300));
            assertThat(throttle.slow()).isEqualTo(policy);
        }

        assertThat(reported).hasSizeBetween(10, 20);
    }

    @Test
    void aPolicyThatIsNoLongerSaidEnds() {
        pacing.observe(RateCap.policy(4, SECOND));

        time.step(SECOND.multipliedBy(17));

        assertThat(throttle.slow()).isNull();
    }

    @Test
    void waitsForAPauseThatOthersWereAskedFor() throws InterruptedException {
        whileAsked.add(() -> throttle.apply(new Pause(SECOND.multipliedBy(7))));

        pacing.acquire(QueueKey.priority(), PATIENCE, FixedToken.TOKEN);

        assertThat(time.waits()).containsExactly(SECOND.multipliedBy(7));
        assertThat(meters.get("upstream.pacing.wait").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(7);
    }

    @Test
    void doesNotWaitForALongPauseThatOthersWereAskedFor() {
        whileAsked.add(() -> throttle.apply(new Pause(Duration.ofHours(1))));

        assertThatThrownBy(() -> pacing.acquire(QueueKey.priority(), PATIENCE, FixedToken.TOKEN))
                .isInstanceOfSatisfying(
                        PauseTooLongException.class, e -> assertThat(e.left()).isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void sendsNothingWhenTheLimitCannotBeAsked() {
        whileAsked.add(() -> {
            throw new IllegalStateException("no database");
        });

        assertThatThrownBy(() -> pacing.acquire(QueueKey.priority(), PATIENCE, FixedToken.TOKEN))
                .hasMessage("no database");
    }
}
