package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who goes first, and that nobody is forgotten. */
class SlotsTest {

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private Future<?> taking(Slots slots, String name, boolean goesFirst) {
        var begun = new CountDownLatch(1);
        var thread = new Thread[1];
        var future = threads.submit(() -> {
            thread[0] = Thread.currentThread();
            begun.countDown();
            slots.acquire(goesFirst);
            order.add(name);
            slots.release();
            return name;
        });
        await().until(() -> begun.getCount() == 0 && (thread[0].getState() == Thread.State.WAITING || future.isDone()));
        return future;
    }

    @Test
    void letsDecisionsGoBeforeQuestions() throws Exception {
        var slots = new Slots(1);
        slots.acquire(false);
        var waiting = List.of(
                taking(slots, "question 1", false),
                taking(slots, "question 2", false),
                taking(slots, "decision 1", true),
                taking(slots, "decision 2", true));
        slots.release();
        for (var each : waiting) {
            each.get(5, TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly("decision 1", "decision 2", "question 1", "question 2");
    }

    @Test
    void passesThePlaceOnWhenSomebodyStopsWaiting() throws Exception {
        var slots = new Slots(1);
        slots.acquire(false);
        var stopped = taking(slots, "stopped", true);
        var other = taking(slots, "other", false);
        stopped.cancel(true);
        slots.release();
        assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("other");
    }

    @Test
    void neverHandsOutMoreThanThereAre() throws Exception {
        var slots = new Slots(3);
        var taken = new AtomicInteger();
        var most = new AtomicInteger();
        var all = IntStream.range(0, 300)
                .mapToObj(i -> threads.submit(() -> {
                    slots.acquire(i % 3 == 0);
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
