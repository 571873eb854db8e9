package dev.deprovisioner.deprovision;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Lets requests wait for the end of a run on any process. The thread of a request reads nothing: {@link RunCompletionPoll}
 * reads for all.
 */
@Component
class RunCompletions {

    /** A wait that ends within this time gets the present state of its run at each look, to answer with it. */
    private static final Duration SOON = RunCompletionPoll.PERIOD.multipliedBy(2);

    private final AwaitedRuns runs;
    private final InstantSource clock;
    private final MonotonicClock monotonic;
    private final WaitingPlaces places = new WaitingPlaces();
    private final Set<RunWait> waits = ConcurrentHashMap.newKeySet();
    private final Semaphore demand = new Semaphore(0);
    private volatile boolean stopping;

    RunCompletions(AwaitedRuns runs, InstantSource clock, MonotonicClock monotonic) {
        this.runs = runs;
        this.clock = clock;
        this.monotonic = monotonic;
    }

    /**
     * Returns when the run has ended, the time is up, the service stops, or the run waits for longer than this request;
     * at once if the caller has no place to wait.
     *
     * @return the run as it is then
     */
    Run await(Run run, Caller caller, Duration atMost) {
        if (!places.take(caller)) {
            return run;
        }
        var wait = new RunWait(run, atMost, monotonic);
        try {
            return await(wait);
        } finally {
            waits.remove(wait);
            places.giveBack(caller);
        }
    }

    private Run await(RunWait wait) {
        waits.add(wait);
        // A request that arrives during the shutdown may be too late for stop().
        if (stopping) {
            wait.end();
        }
        // The run may have ended since the request has read it.
        demand.release();
        return wait.await();
    }

    /** The next process resumes the runs; the waiting callers get their answer from this one. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        waits.forEach(RunWait::end);
    }

    /** The end of a run in this process, when others can read it. */
    @TransactionalEventListener
    void ended(RunEnded end) {
        if (waits.stream().anyMatch(wait -> wait.id().equals(end.id()))) {
            demand.release();
        }
    }

    /** Waits until a look is worth its query: at once after an event, else after the period if any request waits. */
    void awaitDemand(Duration period) throws InterruptedException {
        if (waits.isEmpty()) {
            demand.acquire();
        } else {
            demand.tryAcquire(period.toNanos(), TimeUnit.NANOSECONDS);
        }
        demand.drainPermits();
    }

    /** Reads the awaited runs, and ends the waits that have nothing more to wait for. */
    void look() {
        var present = List.copyOf(waits);
        if (present.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var shortest = present.stream().map(RunWait::left).min(naturalOrder()).orElseThrow();
        var found = runs.find(ids(present), ids(ending(present, shortest)), now.plus(shortest)).stream()
                .collect(toMap(Run::id, run -> run));
        for (var wait : present) {
            var run = found.get(wait.id());
            if (run != null) {
                settle(wait, run, now);
            }
        }
    }

    /** @return at least one */
    private static List<RunWait> ending(List<RunWait> waits, Duration shortest) {
        var soon = shortest.compareTo(SOON) > 0 ? shortest : SOON;
        return waits.stream().filter(wait -> wait.left().compareTo(soon) <= 0).toList();
    }

    private static Set<DeprovisionId> ids(List<RunWait> waits) {
        return waits.stream().map(RunWait::id).collect(toSet());
    }

    private static void settle(RunWait wait, Run run, Instant now) {
        wait.see(run);
        if (run.isTerminal() || !run.timeline().isDue(now.plus(wait.left()))) {
            wait.end();
        }
    }
}
