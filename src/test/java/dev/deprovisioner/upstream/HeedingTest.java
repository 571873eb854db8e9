package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.Brake.Pause;
import dev.deprovisioner.upstream.Brake.Slow;
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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SteppedTime time = new SteppedTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Brake> told = new ArrayList<>();
    private final Queue<Runnable> whileAsked = new ArrayDeque<>();
    private final Brakes brakes = new Brakes(time, 5);
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
        pacing.heed(new Pause(SECOND.multipliedBy(20)));
        pacing.heed(new Pause(SECOND));
        pacing.heed(new Pause(Duration.ZERO));
        pacing.heed(new Slow(60, SECOND.multipliedBy(10)));
        pacing.heed(new Slow(40, SECOND.multipliedBy(10), true));
        pacing.heed(new Slow(20, SECOND.multipliedBy(10)));
        pacing.heed(new Slow(19, SECOND.multipliedBy(10)));
        pacing.heed(new Slow(30, SECOND.multipliedBy(10)));

        assertThat(told).containsExactly(new Pause(SECOND.multipliedBy(20)), new Slow(20, SECOND.multipliedBy(10)));
    }

    @Test
    void waitsForAPauseThatOthersWereAskedFor() throws InterruptedException {
        whileAsked.add(() -> brakes.apply(new Pause(SECOND.multipliedBy(7))));

        pacing.acquire(null, PATIENCE);

        assertThat(time.waits()).containsExactly(SECOND.multipliedBy(7));
        assertThat(meters.get("upstream.pacing.wait").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(7);
    }

    @Test
    void doesNotWaitForALongPauseThatOthersWereAskedFor() {
        whileAsked.add(() -> brakes.apply(new Pause(Duration.ofHours(1))));

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
