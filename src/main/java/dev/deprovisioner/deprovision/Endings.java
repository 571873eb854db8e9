package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets callers wait for the end of a run, whoever works on it: one query for all who wait. */
@Component
class Endings {

    /** A caller beyond these is told the state at once, as if the wait had been short. */
    private static final int MAX_WAITING = 500;

    private final Deprovisions runs;
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final Map<DeprovisionId, Ending> awaited = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param waiting how many callers wait for it */
    private record Ending(CountDownLatch reached, int waiting) {

        Ending with(int more) {
            return new Ending(reached, waiting + more);
        }
    }

    Endings(Deprovisions runs) {
        this.runs = runs;
    }

    /** Returns when the run has ended, the time is up, or the service stops; at once if too many wait already. */
    void await(DeprovisionId id, Duration atMost) {
        if (places.tryAcquire()) {
            try {
                awaitInPlace(id, atMost);
            } finally {
                places.release();
            }
        }
    }

    private void awaitInPlace(DeprovisionId id, Duration atMost) {
        var ending = awaited.merge(id, new Ending(new CountDownLatch(1), 1), (known, one) -> known.with(1));
        try {
            // Who comes just when the service stops is told now, too.
            var time = stopping ? Duration.ZERO : atMost;
            boolean reached = ending.reached().await(time.toMillis(), TimeUnit.MILLISECONDS);
            if (!reached) {
                leave(id);
            }
        } catch (InterruptedException e) {
            leave(id);
            Thread.currentThread().interrupt();
        }
    }

    private void leave(DeprovisionId id) {
        awaited.computeIfPresent(id, (key, known) -> known.waiting() == 1 ? null : known.with(-1));
    }

    /** What is left to do is for the next process: callers get their answer from this one. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
        awaited.values().forEach(ending -> ending.reached().countDown());
    }

    @Scheduled(fixedDelay = 100)
    void look() {
        if (awaited.isEmpty()) {
            return;
        }
        for (var id : runs.ended(awaited.keySet())) {
            var ending = awaited.remove(id);
            if (ending != null) {
                ending.reached().countDown();
            }
        }
    }
}
