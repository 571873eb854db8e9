package dev.deprovisioner.dependency;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.clock.Progress;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.BoundedReads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Shares scans of the queues between the runs of this process. One scan is in flight at a time; runs for which it began too
 * early wait for its end, and share the next one.
 */
@Component
class SharedQueueScan {

    private final QueueScan queues;
    private final MonotonicClock clock;

    /** Guarded by this object; null before the first scan. */
    private @Nullable Scan latest;

    SharedQueueScan(QueueScan queues, MonotonicClock clock) {
        this.queues = queues;
        this.clock = clock;
    }

    private record Scan(long beganAt, CompletableFuture<Outcome> end) {

        boolean beganSince(long instant) {
            return beganAt - instant >= 0;
        }

        /** Whether a run waits for it, or takes its result. */
        boolean isShared(long instant) {
            return !end.isDone() || (end.join() instanceof Seen && beganSince(instant));
        }
    }

    /** @param leads whether the thread must do the scan, and not wait for it */
    private record Turn(Scan scan, boolean leads) {}

    private sealed interface Outcome {}

    private record Seen(QueueReferences references) implements Outcome {}

    private record Failed(Fault fault) implements Outcome {}

    /** The thread that scanned had to stop, or could only try once: that says nothing to the others. */
    private record Stopped() implements Outcome {}

    /**
     * What a scan shows that began at this instant or later.
     *
     * @param instant by the monotonic clock, in nanoseconds
     * @throws Fault if the provider gave no answer to rely on, the time of bounded reads is over, or this thread was
     *     interrupted
     */
    QueueReferences since(long instant) {
        var references = sharedOrOwn(instant);
        while (references == null) {
            references = sharedOrOwn(instant);
        }
        return references;
    }

    /** Null if the scan that this thread waited for says nothing to it. */
    private @Nullable QueueReferences sharedOrOwn(long instant) {
        var turn = join(instant);
        var scan = turn.scan();
        if (turn.leads()) {
            return lead(scan.end());
        }
        var outcome = await(scan);
        return scan.beganSince(instant) ? shared(outcome) : null;
    }

    private static @Nullable QueueReferences shared(Outcome outcome) {
        return switch (outcome) {
            case Seen(var references) -> references;
            case Failed(var fault) -> throw new Fault(fault.problem(), fault.recovery(), fault.notBefore());
            case Stopped stopped -> null;
        };
    }

    private synchronized Turn join(long instant) {
        var current = latest;
        if (current != null && current.isShared(instant)) {
            return new Turn(current, false);
        }
        var own = new Scan(clock.nanos(), new CompletableFuture<>());
        latest = own;
        return new Turn(own, true);
    }

    private QueueReferences lead(CompletableFuture<Outcome> end) {
        Outcome outcome = new Stopped();
        try {
            var references = queues.read();
            outcome = new Seen(references);
            return references;
        } catch (Fault fault) {
            outcome = fault.isInterruption() || BoundedReads.areRequired() ? outcome : new Failed(fault);
            throw fault;
        } finally {
            end.complete(outcome);
        }
    }

    private static Outcome await(Scan scan) {
        try {
            return Progress.whileWaiting(() -> ended(scan));
        } catch (InterruptedException e) {
            throw Fault.interrupted();
        }
    }

    private static Outcome ended(Scan scan) throws InterruptedException {
        try {
            return BoundedReads.await(scan.end());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
