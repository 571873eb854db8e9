package dev.deprovisioner.upstream.ratelimit;

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

/** Each request that waits gets a turn, and none is forgotten. */
class FairGateTest {

    private static final QueueKey DECISION = QueueKey.priority();
    private static final QueueKey QUESTION = QueueKey.bulk(new BulkRead());

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private Future<?> taking(FairGate gate, String name, QueueKey turn) {
        var begun = new CountDownLatch(1);
        var thread = new Thread[1];
        var future = threads.submit(() -> {
            thread[0] = Thread.currentThread();
            begun.countDown();
            gate.acquire(turn);
            order.add(name);
            gate.release();
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
        var gate = new FairGate();
        gate.acquire(QUESTION);
        var waiting = List.of(
                taking(gate, "question 1", QUESTION),
                taking(gate, "question 2", QUESTION),
                taking(gate, "decision 1", DECISION),
                taking(gate, "decision 2", DECISION));
        gate.release();
        for (var each : waiting) {
            each.get(5, TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly("decision 1", "decision 2", "question 1", "question 2");
    }

    @Test
    void letsChangesGoBeforeEverythingThatWaits() throws Exception {
        var gate = new FairGate();
        gate.acquire(QUESTION);
        var waiting = List.of(
                taking(gate, "question", QUESTION),
                taking(gate, "decision", DECISION),
                taking(gate, "change 1", QueueKey.change()),
                taking(gate, "change 2", QueueKey.change()));
        gate.release();
        for (var each : waiting) {
            each.get(5, TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly("change 1", "change 2", "decision", "question");
    }

    @Test
    void passesTheTurnOnWhenAWaitIsCancelled() throws Exception {
        var gate = new FairGate();
        gate.acquire(QUESTION);
        var stopped = taking(gate, "stopped", DECISION);
        var other = taking(gate, "other", QUESTION);
        stopped.cancel(true);
        gate.release();
        assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("other");
    }

    @Test
    void letsOneAtATimeGoOn() throws Exception {
        var gate = new FairGate();
        var questions =
                Stream.generate(() -> QueueKey.bulk(new BulkRead())).limit(5).toList();
        var gone = new AtomicInteger();
        var most = new AtomicInteger();
        var all = IntStream.range(0, 300)
                .mapToObj(i -> threads.submit(() -> {
                    gate.acquire(i % 3 == 0 ? DECISION : questions.get(i % 5));
                    most.accumulateAndGet(gone.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    gone.decrementAndGet();
                    gate.release();
                    return i;
                }))
                .toList();
        for (var each : all) {
            each.get(10, TimeUnit.SECONDS);
        }
        assertThat(most.get()).isOne();
    }
}
