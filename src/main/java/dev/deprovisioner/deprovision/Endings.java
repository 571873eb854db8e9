package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets callers wait for the end of a run, whoever works on it: one query for all who wait. */
@Component
class Endings {

    private final Deprovisions runs;
    private final Map<DeprovisionId, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    Endings(Deprovisions runs) {
        this.runs = runs;
    }

    /** Returns when the run has ended or the time is up. */
    void await(DeprovisionId id, Duration atMost) {
        var ending = awaited.computeIfAbsent(id, key -> new CompletableFuture<>());
        try {
            ending.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The caller is told the state as it is.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Scheduled(fixedDelay = 100)
    void look() {
        if (awaited.isEmpty()) {
            return;
        }
        for (var id : runs.ended(awaited.keySet())) {
            var ending = awaited.remove(id);
            if (ending != null) {
                ending.complete(null);
            }
        }
    }
}
