package dev.deprovisioner.deprovision;

import static java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests wait for runs, at the price of one query for all; the poll's looks are made by hand. */
class RunCompletionsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Less than the wait, so that its own end is no success. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Caller BUSY = new Caller("busy");
    private static final Caller OTHER = new Caller("other");
    private static final Problem NO_ANSWER = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "No answer.");

    private final SteppedTime time = new SteppedTime();
    private final AwaitedRuns runs = mock();
    private final RunCompletions completions = new RunCompletions(runs, time, this::reading);
    private final AtomicInteger readings = new AtomicInteger();
    /** What happens while the first request waits, before it looks how much of its time is left. */
    private Runnable duringTheWait = () -> {};

    private final ExecutorService requests = newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        requests.shutdownNow();
    }

    private long reading() {
        if (readings.incrementAndGet() == 2) {
            duringTheWait.run();
        }
        return time.nanos();
    }

    private Future<Run> start(Run run, Caller caller) {
        return requests.submit(() -> completions.await(run, caller, MINUTE));
    }

    private Future<Run> waitFor(Run run, Caller caller) {
        return waitFor(1, run, caller).getFirst();
    }

    /** A request reads the clock twice: when its wait begins, and when it is known. */
    private List<Future<Run>> waitFor(int number, Run run, Caller caller) {
        readings.set(0);
        var waits = IntStream.range(0, number).mapToObj(i -> start(run, caller)).toList();
        await().until(() -> readings.get() == 2 * number);
        return waits;
    }

    /** @param run as the next look reads it */
    private void stored(Run run) {
        given(runs.find(anyCollection(), anyCollection(), any())).willReturn(List.of(run));
    }

    private Deprovision parked(Deprovision run, Duration pause) {
        return run.started(time.instant()).parked(NO_ANSWER, time.instant().plus(pause), true);
    }

    private static Deprovision ended(Deprovision run) {
        var started = run.started(run.request().at());
        return started.failed(NO_ANSWER, List.of(), run.request().at());
    }

    @Test
    void oneQueryEndsAllWaitsForARun() {
        var run = Runs.scheduled();
        var waits = waitFor(20, run, OTHER);
        stored(ended(run));

        completions.look();

        assertThat(waits)
                .allSatisfy(wait -> assertThat(wait).succeedsWithin(SOON).isEqualTo(ended(run)));
        verify(runs).find(anyCollection(), anyCollection(), any());
        verifyNoMoreInteractions(runs);
    }

    @Test
    void readsNothingWhenNoRequestWaits() {
        completions.await(Runs.scheduled(), OTHER, MOMENT);
        completions.look();
        verifyNoInteractions(runs);
    }

    @Test
    void waitsOnWhileTheRunGoesOn() {
        var run = Runs.scheduled();
        var wait = waitFor(run, OTHER);
        stored(run.started(time.instant()));
        completions.look();
        assertThat(wait).isNotDone();
    }

    @Test
    void waitsOnForARunWhoseNextAttemptComesInTime() {
        var run = Runs.scheduled();
        var wait = waitFor(run, OTHER);
        stored(parked(run, MINUTE));
        completions.look();
        assertThat(wait).isNotDone();
    }

    @Test
    void answersAtOnceWhereTheNextAttemptComesAfterTheWait() {
        var run = Runs.scheduled();
        var wait = waitFor(run, OTHER);
        var parked = parked(run, MINUTE.plusMillis(1));
        stored(parked);

        completions.look();

        assertThat(wait).succeedsWithin(SOON).isEqualTo(parked);
    }

    @Test
    void answersWithThePresentStateWhenTheTimeIsUp() {
        var run = Runs.scheduled();
        var started = run.started(time.instant());
        stored(started);
        var end = time.instant().plus(SOON);
        duringTheWait = () -> {
            completions.look();
            time.step(SOON);
        };

        assertThat(completions.await(run, OTHER, SOON)).isEqualTo(started);
        verify(runs).find(Set.of(run.id()), Set.of(run.id()), end);
    }

    @Test
    void readsTheStateOnlyOfRunsWhoseWaitsEndSoon() {
        var first = Runs.scheduled();
        var endsSoon = waitFor(first, OTHER);
        time.step(Duration.ofSeconds(1));
        var second = waitFor(Runs.scheduled(), OTHER);

        completions.look();

        verify(runs).find(anyCollection(), eq(Set.of(first.id())), any());
        assertThat(List.of(endsSoon, second)).noneMatch(Future::isDone);
    }

    @Test
    void aQueryThatHangsHoldsUpNoAnswer() throws Exception {
        var hanging = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        willAnswer(call -> {
                    hanging.countDown();
                    released.await();
                    return List.of();
                })
                .given(runs)
                .find(anyCollection(), anyCollection(), any());
        var waiting = waitFor(Runs.scheduled(), BUSY);
        var look = requests.submit(completions::look);
        hanging.await();

        var run = Runs.scheduled();
        assertThat(completions.await(run, OTHER, MOMENT)).isEqualTo(run);

        assertThat(List.of(look, waiting)).noneMatch(Future::isDone);
        released.countDown();
    }

    @Test
    void aBusyCallerGetsItsAnswerAtOnceAndAnotherCallerWaits() {
        waitFor(WaitingPlaces.SHARED / 2, Runs.scheduled(), BUSY);

        var refused = Runs.scheduled();
        assertThat(start(refused, BUSY)).succeedsWithin(SOON).isEqualTo(refused);

        assertThat(waitFor(Runs.scheduled(), OTHER)).isNotDone();
    }

    @Test
    void aWaitThatEndsGivesItsPlaceBack() {
        for (int request = 0; request <= WaitingPlaces.SHARED; request++) {
            completions.await(Runs.scheduled(), BUSY, Duration.ofNanos(1));
        }
        assertThat(waitFor(Runs.scheduled(), BUSY)).isNotDone();
    }

    @Test
    void aStopAnswersAllRequestsAndThoseThatComeLater() {
        var run = Runs.scheduled();
        var waits = waitFor(5, run, OTHER);

        completions.stop();

        assertThat(waits)
                .allSatisfy(wait -> assertThat(wait).succeedsWithin(SOON).isEqualTo(run));
        assertThat(start(run, OTHER)).succeedsWithin(SOON);
    }
}
