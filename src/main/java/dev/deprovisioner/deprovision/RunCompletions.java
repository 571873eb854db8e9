package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets callers wait for the end of a run on any process, with one query for all waiting callers of this process. */
@Component
class RunCompletions {

    /** A caller beyond these gets the present state at once, as if its wait had run out. */
    private static final int MAX_WAITING = 500;

    private final Deprovisions runs;
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final Map<DeprovisionId, Ending> awaited = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param waiting how many callers wait for it */
    private record Ending(CompletableFuture<Optional<Run>> reached, int waiting) {

        Ending with(int more) {
            return new Ending(reached, waiting + more);
        }
    }

    RunCompletions(Deprovisions runs) {
        this.runs = runs;
    }

    /**
     * Returns when the run has ended, the time is up, or the service stops; at once if too many wait already.
     *
     * @return the run as it has ended, or empty if it had not
     */
    Optional<Run> await(DeprovisionId id, Duration atMost) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return awaitInPlace(id, atMost);
        } finally {
            places.release();
        }
    }

    private Optional<Run> awaitInPlace(DeprovisionId id, Duration atMost) {
        var ending = awaited.merge(id, new Ending(new CompletableFuture<>(), 1), (known, one) -> known.with(1));
        try {
            // A request that arrives during the shutdown gets the present state at once, too.
            var time = stopping ? Duration.ZERO : atMost;
            return ending.reached().get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            leave(id);
        } catch (InterruptedException e) {
            leave(id);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return Optional.empty();
    }

    private void leave(DeprovisionId id) {
        awaited.computeIfPresent(id, (key, known) -> known.waiting() == 1 ? null : known.with(-1));
    }

    /** The next process resumes the runs; the waiting callers get their answer from this one. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        awaited.values().forEach(ending -> ending.reached().complete(Optional.empty()));
    }

    @Scheduled(fixedDelay = 100)
    void look() {
        if (awaited.isEmpty()) {
            return;
        }
        for (var run : runs.ended(awaited.keySet())) {
            var ending = awaited.remove(run.id());
            if (ending != null) {
                ending.reached().complete(Optional.of(run));
            }
        }
    }
}
