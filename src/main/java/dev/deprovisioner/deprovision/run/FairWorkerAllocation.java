package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.schedule.ReservedWorkers;
import dev.deprovisioner.schedule.TaskId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Shares the workers of this process among callers. The last ones are kept for callers that have none. If long runs hold
 * all of them, each gives its worker back after a while to a caller that has none. The order of the queue alone cannot do
 * that: a running run keeps its worker.
 */
@Component
class FairWorkerAllocation implements ReservedWorkers {

    /** Long beside the read that a run repeats when it resumes. */
    static final Duration TURN = Duration.ofMinutes(1);

    private final int all;
    private final int forAll;
    private final DueCallers due;
    private final MonotonicClock clock;
    /** Of each caller who has any. */
    private final Map<Caller, Integer> inWork = new HashMap<>();
    /** How many runs were asked to give their worker back, and still have it. */
    private int leaving;

    FairWorkerAllocation(DeprovisionProperties properties, DueCallers due, MonotonicClock clock) {
        this.all = properties.workers();
        this.forAll = properties.workers() - properties.workersForOthers();
        this.due = due;
        this.clock = clock;
    }

    /** A run's hold on a worker, used by one thread. */
    final class Turn implements AutoCloseable {

        private final Caller caller;
        private final long began = clock.nanos();
        private boolean over;

        private Turn(Caller caller) {
            this.caller = caller;
        }

        /** Whether the run is to give its worker back as soon as it can: it had it for long, and another caller has none. */
        boolean isOver() {
            over = over || (clock.since(began).compareTo(TURN) >= 0 && isNeeded());
            return over;
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    @Override
    public int number() {
        return all - forAll;
    }

    @Override
    public List<TaskId> next(int most) {
        return due.beyond(holders(), most);
    }

    private synchronized Set<Caller> holders() {
        return Set.copyOf(inWork.keySet());
    }

    /** @return empty if the caller is to wait */
    synchronized Optional<Turn> take(Caller caller) {
        if (taken() >= forAll && inWork.containsKey(caller)) {
            return Optional.empty();
        }
        inWork.merge(caller, 1, Integer::sum);
        return Optional.of(new Turn(caller));
    }

    private synchronized void giveBack(Turn turn) {
        inWork.computeIfPresent(turn.caller, (name, workers) -> workers == 1 ? null : workers - 1);
        leaving -= turn.over ? 1 : 0;
    }

    private boolean isNeeded() {
        var holders = holdersOfAll();
        return !holders.isEmpty() && due.isAnyBeyond(holders) && leave();
    }

    /** The callers that have workers; empty while a worker is free, or is about to be. */
    private synchronized Set<Caller> holdersOfAll() {
        return taken() - leaving < all ? Set.of() : Set.copyOf(inWork.keySet());
    }

    /** One run leaves its worker at a time, and not all that could. */
    private synchronized boolean leave() {
        boolean first = taken() - leaving >= all;
        leaving += first ? 1 : 0;
        return first;
    }

    private int taken() {
        return inWork.values().stream().mapToInt(Integer::intValue).sum();
    }
}
