package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who goes first, and that nobody is forgotten. */
class SlotsTest {

    private static final Survey SURVEY = new Survey();

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new);
    private final Queue<String> order = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private Future<?> taking(Slots slots, String name, @Nullable Survey survey) {
        var begun = new CountDownLatch(1);
        var thread = new Thread[1];
        var future = threads.submit(() -> {
            thread[0] = Thread.currentThread();
            begun.countDown();
            slots.acquire(survey);
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
        slots.acquire(SURVEY);
        var waiting = List.of(
                taking(slots, "question 1", SURVEY),
                taking(slots, "question 2", SURVEY),
                taking(slots, "decision 1", null),
                taking(slots, "decision 2", null));
        slots.release();
        for (var each : waiting) {
            each.get(5, TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly("decision 1", "decision 2", "question 1", "question 2");
    }

    @Test
    void passesThePlaceOnWhenSomebodyStopsWaiting() throws Exception {
        var slots = new Slots(1);
        slots.acquire(SURVEY);
        var stopped = taking(slots, "stopped", null);
        var other = taking(slots, "other", SURVEY);
        stopped.cancel(true);
        slots.release();
        assertThat(other.get(5, TimeUnit.SECONDS)).isEqualTo("other");
    }

    @Test
    void neverHandsOutMoreThanThereAre() throws Exception {
        var slots = new Slots(3);
        var surveys = Stream.generate(Survey::new).limit(5).toList();
        var taken = new AtomicInteger();
        var most = new AtomicInteger();
        var all = IntStream.range(0, 300)
                .mapToObj(i -> threads.submit(() -> {
                    slots.acquire(i % 3 == 0 ? null : surveys.get(i % 5));
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

    @Test
    void letsSurveysTakeTurnsHoweverManyQuestionsOneHas() throws Exception {
        var slots = new Slots(1);
        slots.acquire(null);
        var large = new Survey();
        var small = new Survey();
        var waiting = List.of(
                taking(slots, "large 1", large),
                taking(slots, "large 2", large),
                taking(slots, "large 3", large),
                taking(slots, "large 4", large),
                taking(slots, "small 1", small),
                taking(slots, "small 2", small),
                taking(slots, "other 1", SURVEY));
        slots.release();
        for (var each : waiting) {
            each.get(5, TimeUnit.SECONDS);
        }
        assertThat(order).containsExactly("large 1", "small 1", "other 1", "large 2", "small 2", "large 3", "large 4");
    }

    @Test
    void aQuestionWaitsBehindOneOfEachOtherSurveyAtMost() throws Exception {
        var slots = new Slots(1);
        slots.acquire(null);
        var waiting = new ArrayList<Future<?>>();
        for (int survey = 0; survey < 5; survey++) {
            var large = new Survey();
            for (int question = 0; question < 20; question++) {
                waiting.add(taking(slots, "large", large));
            }
        }
        waiting.add(taking(slots, "small", SURVEY));
        slots.release();
        for (var each : waiting) {
            each.get(5, TimeUnit.SECONDS);
        }
        assertThat(List.copyOf(order).indexOf("small")).isLessThanOrEqualTo(5);
    }

    @Test
    void remembersNoSurveyOfWhichNobodyWaits() throws Exception {
        var slots = new Slots(1);
        slots.acquire(SURVEY);
        var stopped = taking(slots, "stopped", new Survey());
        var served = taking(slots, "served", new Survey());
        assertThat(slots.surveysWaiting()).isEqualTo(2);
        stopped.cancel(true);
        slots.release();
        served.get(5, TimeUnit.SECONDS);
        assertThat(slots.surveysWaiting()).isZero();
        slots.acquire(SURVEY);
    }
}
