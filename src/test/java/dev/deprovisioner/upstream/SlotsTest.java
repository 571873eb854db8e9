package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits gets a place that is free, in turn, and nobody is forgotten. */
class SlotsTest {

    private static final Turn DECISION = Turn.ofDecision();
    private static final Turn QUESTION = Turn.ofQuestion(new Survey());

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private Future<?> taking(Slots slots, String name, Turn turn) {
        var begun = new CountDownLatch(1);
        var thread = new Thread[1];
        var future = threads.submit(() -> {
            thread[0] = Thread.currentThread();
            begun.countDown();
            slots.acquire(turn);
            order.add(name);
            slots.release();
            return name;
        });
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() ->
                        begun.getCount() == 0 && (thread[0].getState() == Thread.State.WAITING || future.isDone()));
        return future;
    }

    @Test
    void letsDecisionsGoBeforeQuestions() throws Exception {
        var slots = new Slots(1);
        slots.acquire(QUESTION);
        var waiting = List.of(
                taking(slots, "question 1", QUESTION),
                taking(slots, "question 2", QUESTION),
                taking(slots, "decision 1", DECISION),
                taking(slots, "decision 2", DECISION));
        slots.release();
        for (var each : waiting) {
            each.get(5, TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly("decision 1", "decision 2", "question 1", "question 2");
    }

    @Test
    void passesThePlaceOnWhenSomebodyStopsWaiting() throws Exception {
        var slots = new Slots(1);
        slots.acquire(QUESTION);
        var stopped = taking(slots, "stopped", DECISION);
        var other = taking(slots, "other", QUESTION);
        stopped.cancel(true);
        slots.release();
        assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("other");
    }

    @Test
    void neverHandsOutMoreThanThereAre() throws Exception {
        var slots = new Slots(3);
        var turns =
                Stream.generate(() -> Turn.ofQuestion(new Survey())).limit(5).toList();
        var taken = new AtomicInteger();
        var most = new AtomicInteger();
        var all = IntStream.range(0, 300)
                .mapToObj(i -> threads.submit(() -> {
                    slots.acquire(i % 3 == 0 ? DECISION : turns.get(i % 5));
                    most.accumulateAndGet(taken.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    taken.decrementAndGet();
                    slots.release();
                    return i;
                }))
                .toList();
        for (var each : all) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertThat(most.get()).isBetween(1, 3);
    }
}
