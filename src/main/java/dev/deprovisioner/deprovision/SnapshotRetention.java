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

/** Purges personal data of runs that ended long ago: the snapshot, and what goes with it. */
@Component
class SnapshotRetention {

    private static final Logger log = LoggerFactory.getLogger(SnapshotRetention.class);

    private final EndedRuns runs;
    private final Purge purge;
    private final SnapshotProperties properties;
    private final InstantSource clock;

    SnapshotRetention(EndedRuns runs, Purge purge, SnapshotProperties properties, InstantSource clock) {
        this.runs = runs;
        this.purge = purge;
        this.properties = properties;
        this.clock = clock;
    }

    @Scheduled(fixedRate = 600_000, initialDelay = 60_000)
    void run() {
        var cutoff = clock.instant().minus(properties.retention());
        int purged = purge.run(Purged.SNAPSHOT, () -> purgeBatch(cutoff));
        if (purged > 0) {
            log.info("Snapshots purged: of {} runs that ended before {}", purged, cutoff);
        }
    }

    private List<Ended> purgeBatch(Instant cutoff) {
        var locked = runs.lockDetailed(cutoff);
        runs.deleteDetails(locked);
        locked.forEach(run -> runs.saveWithoutDetails(RunDetails.remove(run)));
        return locked;
    }
}
