package dev.deprovisioner.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What counts as going on. */
class ProgressTest {

    private final Progress progress = Progress.begin();

    @AfterEach
    void close() {
        progress.close();
    }

    @Test
    void anEndedRequestIsAStepOnAnyThreadThatTheWorkStarts() throws InterruptedException {
        Progress.note();
        Thread.ofVirtual().start(Progress::note).join();

        assertThat(progress.steps()).isEqualTo(2);
    }

    @Test
    void aWaitForATurnCountsWhileItLasts() throws InterruptedException {
        assertThat(Progress.<Boolean>whileWaiting(progress::isWaiting)).isTrue();

        assertThat(progress.isWaiting()).isFalse();
        assertThat(progress.steps()).isEqualTo(1);
    }

    @Test
    void nothingIsNotedOnceTheWorkHasEnded() throws InterruptedException {
        progress.close();

        Progress.note();

        assertThat(Progress.isWatched()).isFalse();
        assertThat(Progress.<Boolean>whileWaiting(progress::isWaiting)).isFalse();
        assertThat(progress.steps()).isZero();
    }
}
