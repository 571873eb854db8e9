package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.Purged;
import dev.deprovisioner.deprovision.EndedRuns.Ended;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Purges runs that ended long ago, with their deliveries and all else that refers to them, but for audit entries. */
@Component
class RunRetention {

    private static final Logger log = LoggerFactory.getLogger(RunRetention.class);

    private final EndedRuns runs;
    private final Purge purge;
    private final RunProperties properties;
    private final InstantSource clock;

    /** @throws dev.deprovisioner.problem.InvalidSetting if a run would be purged before its snapshot */
    RunRetention(
            EndedRuns runs, Purge purge, RunProperties properties, SnapshotProperties snapshot, InstantSource clock) {
        properties.requireAtLeast(snapshot);
        this.runs = runs;
        this.purge = purge;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedRate = 600_000, initialDelay = 90_000)
    void run() {
        var cutoff = clock.instant().minus(properties.retention());
        int purged = purge.run(Purged.RUN, () -> purgeBatch(cutoff));
        if (purged > 0) {
            log.info("Runs purged: {} that ended before {}", purged, cutoff);
        }
    }

    private List<Ended> purgeBatch(Instant cutoff) {
        var locked = runs.lockPurgeable(cutoff);
        runs.delete(locked);
        return locked;
    }
}
