package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.UpstreamProblems;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Bounds the reads of work that a person waits for. Each is tried once, and only a pause of a few seconds is waited for. No
 * read begins when the time is over, and none of another thread is waited for. The bound is that of the current thread:
 * reads of other threads do not have it.
 */
public final class BoundedReads {

    private static final ScopedValue<BoundedReads> CURRENT = ScopedValue.newInstance();

    private final Duration most;
    private final MonotonicClock time;
    private final long begun;

    private BoundedReads(Duration most, MonotonicClock time) {
        this.most = most;
        this.time = time;
        this.begun = time.nanos();
    }

    /** @param most the time from now after which no read begins */
    public static <T> T within(Duration most, MonotonicClock time, Supplier<T> work) {
        return ScopedValue.where(CURRENT, new BoundedReads(most, time)).call(work::get);
    }

    /** Whether the current thread has such a bound: another one may get an answer where this one gets a fault. */
    public static boolean areRequired() {
        return CURRENT.isBound();
    }

    /** @throws Fault if the time of bounded work is over */
    static void requireTime() {
        if (CURRENT.isBound()) {
            CURRENT.get().requireTimeLeft();
        }
    }

    /**
     * Waits for the read of another thread; bounded work for as long as its time lasts.
     *
     * @throws Fault if the time of bounded work is over
     */
    public static <T> T await(Future<T> read) throws InterruptedException, ExecutionException {
        return CURRENT.isBound() ? CURRENT.get().awaitInTime(read) : read.get();
    }

    private <T> T awaitInTime(Future<T> read) throws InterruptedException, ExecutionException {
        try {
            return read.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw timeOver();
        }
    }

    private void requireTimeLeft() {
        if (!left().isPositive()) {
            throw timeOver();
        }
    }

    private Duration left() {
        return most.minus(time.since(begun));
    }

    private Fault timeOver() {
        return new Fault(UpstreamProblems.timeOver(most.toSeconds()), Recovery.RETRY);
    }
}
