package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers wait for runs, at the price of one query for all. */
class RunCompletionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Deprovisions runs = mock();
    private final RunCompletions endings = new RunCompletions(runs);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger waiting = new AtomicInteger();

    @AfterEach
    void close() {
        callers.shutdownNow();
    }

    private Future<Optional<Run>> waitFor(DeprovisionId id) {
        return callers.submit(() -> {
            waiting.incrementAndGet();
            return endings.await(id, LONG);
        });
    }

    @Test
    void endsAllWaitsWhenTheServiceStops() {
        var waits = IntStream.range(0, 5)
                .mapToObj(i -> waitFor(DeprovisionId.next()))
                .toList();
        await().until(() -> waiting.get() == 5);

        endings.stop();

        assertThat(waits).allSatisfy(wait -> assertThat(wait).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void endsAllWaitsForARunWithOneQuery() throws Exception {
        var ended = Runs.succeeded();
        var id = ended.id();
        var waits = IntStream.range(0, 20).mapToObj(i -> waitFor(id)).toList();
        await().until(() -> waiting.get() == 20);
        given(runs.ended(anyCollection())).willReturn(List.of(ended));

        var looks = new AtomicInteger();
        await().until(() -> {
            looks.incrementAndGet();
            endings.look();
            return waits.stream().allMatch(Future::isDone);
        });
        assertThat(waits).allSatisfy(wait -> assertThat(wait.get()).contains(ended));
        verify(runs, atMost(looks.get())).ended(anyCollection());
        verifyNoMoreInteractions(runs);
    }

    @Test
    void asksNothingWhenNoCallerWaits() {
        endings.await(DeprovisionId.next(), Duration.ofMillis(1));
        endings.look();
        verifyNoInteractions(runs);
    }

    @Test
    void goesOnWaitingForThoseWhoStillDo() {
        var id = DeprovisionId.next();
        var first = waitFor(id);
        await().until(() -> waiting.get() == 1);
        endings.await(id, Duration.ofMillis(1));

        await().untilAsserted(() -> {
            endings.look();
            verify(runs, atLeastOnce()).ended(anyCollection());
        });
        assertThat(first.isDone()).isFalse();
    }

    @Test
    void returnsTheStateAtOnceWhereTooManyWait() {
        var waits = IntStream.range(0, 500)
                .mapToObj(i -> waitFor(DeprovisionId.next()))
                .toList();
        await().until(() -> waiting.get() == 500);
        // The last of them may not be registered yet: what counts is that a further one is turned away.
        await().untilAsserted(() -> {
            var oneMore = waitFor(DeprovisionId.next());
            assertThat(oneMore.get(1, TimeUnit.SECONDS)).isEmpty();
        });
        assertThat(waits).noneMatch(Future::isDone);
    }
}
