package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.identifier.Caller;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Six connections for callers; the last two are kept for callers that have none. */
class CallerBulkheadTest {

    private static final Caller BUSY = new Caller("busy");
    private static final Caller OTHER = new Caller("other");
    private static final Duration LONG = Duration.ofMinutes(1);

    private static CallerBulkhead connections(int waitingOfOne, Duration longestWait) {
        return new CallerBulkhead(6, waitingOfOne, longestWait);
    }

    private static CallerBulkhead taken(CallerBulkhead connections, Caller caller, int times)
            throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(connections.take(caller)).isTrue();
        }
        return connections;
    }

    @Test
    void aCallerCannotTakeThemAll() throws InterruptedException {
        var connections = taken(connections(0, LONG), BUSY, 4);

        assertThat(connections.take(BUSY)).isFalse();

        taken(connections, OTHER, 1);
        assertThat(connections.take(OTHER)).isFalse();
        taken(connections, new Caller("third"), 1);
        assertThat(connections.take(new Caller("fourth"))).isFalse();
    }

    @Test
    void aCallerCannotTakeBothOfTwo() throws InterruptedException {
        var connections = taken(new CallerBulkhead(2, 0, LONG), BUSY, 1);

        assertThat(connections.take(BUSY)).isFalse();

        taken(connections, OTHER, 1);
        taken(new CallerBulkhead(1, 0, LONG), BUSY, 1);
    }

    @Test
    void whatIsGivenBackIsForTheNext() throws InterruptedException {
        var connections = taken(connections(0, LONG), BUSY, 4);

        connections.giveBack(BUSY);

        taken(connections, BUSY, 1);
    }

    @Test
    void aRequestThatWaitsTooLongIsRefusedAndLeaves() throws InterruptedException {
        var connections = taken(connections(1, Duration.ZERO), BUSY, 4);

        assertThat(connections.take(BUSY)).isFalse();
        connections.giveBack(BUSY);

        taken(connections, BUSY, 1);
    }

    @Test
    void aFurtherRequestOfACallerWithTooManyThatWaitIsRefusedAtOnce() throws InterruptedException {
        var connections = taken(connections(1, LONG), BUSY, 4);
        var first = waiting(connections, BUSY);

        assertThat(CompletableFuture.supplyAsync(() -> takes(connections, BUSY)))
                .succeedsWithin(LONG.dividedBy(2))
                .isEqualTo(false);

        assertThat(first).isNotDone();
        connections.giveBack(BUSY);
        assertThat(first).succeedsWithin(LONG).isEqualTo(true);
    }

    @Test
    void requestsOfManyCallersThatWaitAreBounded() throws InterruptedException {
        var connections = connections(1, LONG);
        for (int i = 0; i < 6; i++) {
            taken(connections, new Caller("holder-" + i), 1);
        }
        for (int i = 0; i < 5; i++) {
            assertThat(waiting(connections, new Caller("waiting-" + i))).isNotDone();
        }

        assertThat(CompletableFuture.supplyAsync(() -> takes(connections, OTHER)))
                .succeedsWithin(LONG.dividedBy(2))
                .isEqualTo(false);
    }

    private static boolean takes(CallerBulkhead connections, Caller caller) {
        try {
            return connections.take(caller);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWaitingRequestOfACallerWithFewIsNotBehindThoseOfABusyOne() throws InterruptedException {
        var connections = connections(1, LONG);
        taken(taken(connections, BUSY, 4), OTHER, 1);
        taken(connections, new Caller("third"), 1);
        var ofBusy = waiting(connections, BUSY);
        var ofFourth = waiting(connections, new Caller("fourth"));

        connections.giveBack(OTHER);

        assertThat(ofFourth).succeedsWithin(LONG).isEqualTo(true);
        assertThat(ofBusy).isNotDone();
        connections.giveBack(BUSY);
        connections.giveBack(BUSY);
        assertThat(ofBusy).isNotDone();
        connections.giveBack(BUSY);
        assertThat(ofBusy).succeedsWithin(LONG).isEqualTo(true);
    }

    private static CompletableFuture<Boolean> waiting(CallerBulkhead connections, Caller caller) {
        var begun = new CountDownLatch(1);
        var result = new CompletableFuture<Boolean>();
        var thread = Thread.ofVirtual().start(() -> {
            begun.countDown();
            try {
                result.complete(connections.take(caller));
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        await().until(() -> begun.getCount() == 0 && thread.getState() == Thread.State.TIMED_WAITING);
        return result;
    }
}
