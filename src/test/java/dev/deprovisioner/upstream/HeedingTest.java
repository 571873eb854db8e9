package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.Brake.Left;
import dev.deprovisioner.upstream.Brake.Pause;
import dev.deprovisioner.upstream.Brake.Slow;
import dev.deprovisioner.upstream.UpstreamProperties.RateLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is told to those who share the limit, and what is done with what they tell. */
class HeedingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SteppedTime time = new SteppedTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Brake> told = new ArrayList<>();
    private final Queue<Runnable> whileAsked = new ArrayDeque<>();
    private final Brakes brakes = new Brakes(time, new RateLimit(300, Duration.ofMinutes(1), null));
    private final Pacing pacing = new Pacing(
            new Limit() {
                @Override
                public long take(int waiting) {
                    var next = whileAsked.poll();
                    if (next == null) {
                        return 0;
                    }
                    next.run();
                    return SECOND.toNanos();
                }

                @Override
                public void tell(Brake brake) {
                    told.add(brake);
                }
            },
            brakes,
            time,
            time,
            meters);

    @Test
    void tellsOnlyWhatSlowsFurther() {
        pacing.heed(new Pause(SECOND.multipliedBy(20)), 0);
        pacing.heed(new Pause(SECOND), 0);
        pacing.heed(new Pause(Duration.ZERO), 0);
        pacing.heed(new Slow(60, SECOND.multipliedBy(10)), 0);
        pacing.heed(new Slow(20, SECOND.multipliedBy(10)), 0);
        pacing.heed(new Slow(20, SECOND.multipliedBy(10)), 0);
        pacing.heed(new Slow(30, SECOND.multipliedBy(10)), 0);

        assertThat(told).containsExactly(new Pause(SECOND.multipliedBy(20)), new Slow(20, SECOND.multipliedBy(10)));
    }

    @Test
    void tellsWhatIsLeftWithEachHalfOfIt() {
        for (int left = 329; left >= 0; left--) {
            pacing.heed(new Left(left, MINUTE), 0);
        }
        pacing.heed(new Left(0, MINUTE), 0);

        assertThat(told)
                .extracting(brake -> ((Left) brake).requests())
                .containsExactly(329L, 328L, 164L, 82L, 41L, 20L, 10L, 5L, 2L, 1L, 0L);
    }

    @Test
    void takesOffWhatWasInFlightWhenAWindowWasFirstKnown() {
        pacing.heed(new Left(299, MINUTE), 15);
        for (int answered = 1; answered < 15; answered++) {
            pacing.heed(new Left(299 - answered, MINUTE), 15 - answered);
        }
        pacing.heed(new Left(284, MINUTE), 0);
        assertThat(told)
                .as("some were sent before, and their answers may be old")
                .hasSize(1);

        pacing.heed(new Left(282, MINUTE), 1);
        pacing.heed(new Left(283, MINUTE), 0);

        assertThat(told).containsExactly(new Left(299, MINUTE), new Left(282, MINUTE));
    }

    @Test
    void takesItOffAtHalfAtTheLatest() {
        pacing.heed(new Left(299, MINUTE), 7);
        pacing.heed(new Left(150, MINUTE), 7);

        pacing.heed(new Left(149, MINUTE), 7);

        assertThat(told).containsExactly(new Left(299, MINUTE), new Left(142, MINUTE));
    }

    @Test
    void whatWasLeftOfTheWindowBeforeSaysNothingOfOneThatOthersKnow() {
        pacing.heed(new Left(1, SECOND), 0);
        time.step(MINUTE);
        brakes.window(2, new Left(250, MINUTE), MINUTE);

        pacing.heed(new Left(240, MINUTE), 3);

        assertThat(brakes.window()).isNotNull().extracting(Window::told).isEqualTo(new Left(250, MINUTE));
    }

    @Test
    void tellsNothingOfWhatIsMoreThanWeMaySend() {
        pacing.heed(new Left(330, MINUTE), 0);

        assertThat(told).isEmpty();
    }

    @Test
    void whatIsLeftOfTheNextWindowIsToldAnew() {
        pacing.heed(new Left(1, SECOND), 0);
        time.step(SECOND);

        pacing.heed(new Left(300, MINUTE), 0);

        assertThat(told).containsExactly(new Left(1, SECOND), new Left(300, MINUTE));
    }

    @Test
    void aPolicyThatEachAnswerRepeatsDoesNotEnd() {
        var policy = new Slow(4, SECOND);
        for (int i = 0; i < 100; i++) {
            pacing.heed(policy, 0);
            time.step(SECOND.dividedBy(10));
            assertThat(brakes.slow()).isEqualTo(policy);
        }

        assertThat(told).hasSizeBetween(10, 20);
    }

    @Test
    void aPolicyThatIsNoLongerSaidEnds() {
        pacing.heed(new Slow(4, SECOND), 0);

        time.step(SECOND);

        assertThat(brakes.slow()).isNull();
    }

    @Test
    void waitsForAPauseThatOthersWereAskedFor() throws InterruptedException {
        whileAsked.add(() -> brakes.pause(SECOND.multipliedBy(7)));

        pacing.acquire(null, PATIENCE);

        assertThat(time.waits()).containsExactly(SECOND.multipliedBy(7));
        assertThat(meters.get("upstream.pacing.wait").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(7);
    }

    @Test
    void doesNotWaitForALongPauseThatOthersWereAskedFor() {
        whileAsked.add(() -> brakes.pause(Duration.ofHours(1)));

        assertThatThrownBy(() -> pacing.acquire(null, PATIENCE))
                .isInstanceOfSatisfying(
                        FailedTry.class, e -> assertThat(e.notBefore()).isEqualTo(Duration.ofHours(1)));
    }

    @Test
    void sendsNothingWhenTheLimitCannotBeAsked() {
        whileAsked.add(() -> {
            throw new IllegalStateException("no database");
        });

        assertThatThrownBy(() -> pacing.acquire(null, PATIENCE)).hasMessage("no database");
    }
}
