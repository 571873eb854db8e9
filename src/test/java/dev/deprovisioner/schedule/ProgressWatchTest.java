package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.clock.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which work has made no progress for two minutes: time passes by looks. */
class ProgressWatchTest {

    private final ProgressWatch watch = new ProgressWatch();
    private final ProgressWatch.Watched work = watch.begin("1", 7);

    @AfterEach
    void end() {
        work.close();
    }

    private long stalledAfter(int looks) {
        for (int i = 1; i < looks; i++) {
            assertThat(watch.look()).isEmpty();
        }
        return watch.look().count();
    }

    @Test
    void workWithoutAStepIsStalledAfterTwoMinutes() {
        assertThat(stalledAfter(ProgressWatch.LOOKS)).isEqualTo(1);
    }

    @Test
    void aStepBeginsTheTimeAgain() {
        assertThat(stalledAfter(ProgressWatch.LOOKS - 1)).isZero();
        Progress.note();
        assertThat(stalledAfter(ProgressWatch.LOOKS)).isZero();
        assertThat(watch.look()).containsExactly(work);
    }

    @Test
    void workThatWaitsForItsTurnIsNeverStalled() throws InterruptedException {
        assertThat(Progress.<Long>whileWaiting(() -> stalledAfter(10 * ProgressWatch.LOOKS)))
                .isZero();
    }

    @Test
    void endedWorkIsNotWatched() {
        work.close();

        assertThat(stalledAfter(ProgressWatch.LOOKS)).isZero();
    }

    @Test
    void workThatIsGivenUpIsInterruptedAndItsThreadIsNotInItsNextTask() {
        work.loseLease();
        work.interrupt();
        assertThat(work.isLost()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        work.close();
        work.loseLease();
        work.interrupt();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
