package dev.deprovisioner.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.clock.Progress;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.BoundedReads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs that validate at the same moment share one scan. */
class SharedQueueScanTest {

    private final SteppedTime time = new SteppedTime();
    private final AtomicInteger scans = new AtomicInteger();
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final SharedQueueScan shared = new SharedQueueScan(mock(QueueScan.class, call -> scan()), time);
    private final List<Run> runs = new ArrayList<>();

    private interface Answer {

        QueueReferences give();
    }

    /** Waits for an answer of the test, as a request waits for the provider. */
    private QueueReferences scan() {
        scans.incrementAndGet();
        try {
            return answers.take().give();
        } catch (InterruptedException e) {
            throw Fault.interrupted();
        }
    }

    /** A run that needs a scan from an instant on. */
    private final class Run {

        private final FutureTask<QueueReferences> result;
        private final Thread thread;

        Run(long readAt) {
            this(() -> shared.since(readAt));
        }

        Run(Callable<QueueReferences> work) {
            result = new FutureTask<>(work);
            thread = Thread.ofPlatform().start(result);
            runs.add(this);
        }

        /** Until the thread waits: for the provider, or for another run. */
        Run waiting() {
            await().until(() -> thread.getState() == Thread.State.WAITING);
            return this;
        }

        @Nullable
        Object outcome() {
            await().until(result::isDone);
            return result.state() == Future.State.SUCCESS ? result.resultNow() : result.exceptionNow();
        }
    }

    @AfterEach
    void stop() {
        runs.forEach(run -> run.thread.interrupt());
    }

    private Run runNow() {
        return new Run(time.nanos()).waiting();
    }

    private List<Run> tenRunsNow() {
        return IntStream.range(0, 10).mapToObj(n -> runNow()).toList();
    }

    private static QueueReferences seen(String doubt) {
        return new QueueReferences(Map.of(), doubt, null);
    }

    private static Fault fault() {
        return new Fault(new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "down"), Recovery.RETRY, Duration.ofSeconds(7));
    }

    @Test
    void isOneForTenRuns() {
        var ten = tenRunsNow();

        answers.add(() -> seen("the one"));

        assertThat(ten).allSatisfy(run -> assertThat(run.outcome()).isEqualTo(seen("the one")));
        assertThat(scans).hasValue(1);
    }

    @Test
    void isWaitedForWithoutTheLossOfALease() {
        var leader = runNow();
        var watched = new AtomicReference<Progress>();
        long readAt = time.nanos();
        new Run(() -> {
                    try (var progress = Progress.begin()) {
                        watched.set(progress);
                        return shared.since(readAt);
                    }
                })
                .waiting();

        assertThat(watched.get().isWaiting()).isTrue();
        answers.add(() -> seen("the one"));
        assertThat(leader.outcome()).isEqualTo(seen("the one"));
    }

    @Test
    void servesARunThatComesAfterItsEndIfItBeganLateEnough() {
        long readAt = time.nanos();
        time.step(Duration.ofSeconds(1));
        answers.add(() -> seen("first"));
        new Run(readAt).outcome();

        assertThat(new Run(time.nanos()).outcome()).isEqualTo(seen("first"));
        assertThat(scans).hasValue(1);
    }

    @Test
    void isNotUsedForAGroupThatWasReadAfterItsBegin() {
        answers.add(() -> seen("first"));
        new Run(time.nanos()).outcome();
        time.step(Duration.ofMillis(1));
        answers.add(() -> seen("second"));

        assertThat(new Run(time.nanos()).outcome()).isEqualTo(seen("second"));
        assertThat(scans).hasValue(2);
    }

    @Test
    void isFollowedByOneMoreForAllRunsThatCameTooLateForIt() {
        var first = runNow();
        time.step(Duration.ofMillis(1));
        var late = tenRunsNow();
        assertThat(scans).hasValue(1);
        time.step(Duration.ofMillis(1));

        answers.add(() -> seen("first"));
        answers.add(() -> seen("second"));

        assertThat(first.outcome()).isEqualTo(seen("first"));
        assertThat(late).allSatisfy(run -> assertThat(run.outcome()).isEqualTo(seen("second")));
        assertThat(scans).hasValue(2);
    }

    @Test
    void sharesAFaultOfTheProviderWithTheRunsThatWait() {
        var ten = tenRunsNow();

        answers.add(() -> {
            throw fault();
        });

        assertThat(ten)
                .allSatisfy(run -> assertThat(run.outcome()).isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.problem().detail()).isEqualTo("down");
                    assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
                    assertThat(fault.notBefore()).isEqualTo(Duration.ofSeconds(7));
                }));
        assertThat(ten.stream().map(Run::outcome).distinct()).hasSize(10);
        assertThat(scans).hasValue(1);
    }

    @Test
    void isRepeatedForARunThatComesAfterAFault() {
        answers.add(() -> {
            throw fault();
        });
        new Run(time.nanos()).outcome();
        answers.add(() -> seen("second"));

        assertThat(new Run(time.nanos()).outcome()).isEqualTo(seen("second"));
    }

    @Test
    void isTakenUpByOneOtherRunIfItsOwnRunStops() {
        var first = runNow();
        var others = tenRunsNow();

        first.thread.interrupt();
        await().until(() -> scans.get() == 2);
        answers.add(() -> seen("second"));

        assertThat(first.outcome())
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.isInterruption()).isTrue());
        assertThat(others).allSatisfy(run -> assertThat(run.outcome()).isEqualTo(seen("second")));
        assertThat(scans).hasValue(2);
    }

    @Test
    void isTakenUpIfItsOwnThreadTriesOnlyOnce() {
        var once = new Run(() -> BoundedReads.within(Duration.ofMinutes(1), time, () -> shared.since(time.nanos())));
        once.waiting();
        var other = runNow();

        answers.add(() -> {
            throw fault();
        });
        answers.add(() -> seen("second"));

        assertThat(once.outcome()).isInstanceOf(Fault.class);
        assertThat(other.outcome()).isEqualTo(seen("second"));
    }

    /** The scan of a run may take longer than a person waits. */
    @Test
    void isNotWaitedForWhenTheTimeOfBoundedReadsIsOver() {
        var minute = Duration.ofMinutes(1);
        var first = runNow();
        var bounded = new Run(() -> BoundedReads.within(minute, time, () -> {
            time.step(minute);
            return shared.since(0);
        }));

        assertThat(bounded.outcome())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.problem().detail()).contains("60 s"));
        answers.add(() -> seen("the one"));
        assertThat(first.outcome()).isEqualTo(seen("the one"));
        assertThat(scans).hasValue(1);
    }

    @Test
    void isTakenUpIfItsOwnRunBreaks() {
        var first = runNow();
        var other = runNow();

        answers.add(() -> {
            throw new IllegalStateException("broken");
        });
        answers.add(() -> seen("second"));

        assertThat(first.outcome()).isInstanceOf(IllegalStateException.class);
        assertThat(other.outcome()).isEqualTo(seen("second"));
    }

    @Test
    void goesOnIfARunThatWaitsForItStops() {
        var first = runNow();
        var stopping = runNow();
        var other = runNow();

        stopping.thread.interrupt();
        assertThat(stopping.outcome())
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.isInterruption()).isTrue());
        answers.add(() -> seen("the one"));

        assertThat(Stream.of(first, other))
                .allSatisfy(run -> assertThat(run.outcome()).isEqualTo(seen("the one")));
        assertThat(scans).hasValue(1);
    }
}
