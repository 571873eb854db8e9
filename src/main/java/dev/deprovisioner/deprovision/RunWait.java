package dev.deprovisioner.deprovision;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request that waits for the end of a run. It never waits longer, also while the database does not answer. */
final class RunWait {

    private final Duration atMost;
    private final MonotonicClock clock;
    private final long since;
    private final CompletableFuture<Run> answer = new CompletableFuture<>();
    private volatile Run seen;

    /** @param run as the request has found it */
    RunWait(Run run, Duration atMost, MonotonicClock clock) {
        this.seen = run;
        this.atMost = atMost;
        this.clock = clock;
        this.since = clock.nanos();
    }

    DeprovisionId id() {
        return seen.id();
    }

    /** The rest of the wait; negative after it. */
    Duration left() {
        return atMost.minus(clock.since(since));
    }

    /** @param run in its present state, which is the answer if it is the last one of this wait */
    void see(Run run) {
        seen = run;
    }

    /** Ends the wait with what was last seen of the run. */
    void end() {
        answer.complete(seen);
    }

    /** Returns when the wait is ended, or its time is up: then with what was last seen of the run. */
    Run await() {
        try {
            return answer.get(Math.max(0, left().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return seen;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
