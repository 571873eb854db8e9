package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditEntry.Status;
import dev.deprovisioner.audit.AuditEntry.Subject;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Purges the snapshots of runs that ended long ago, each with its audit entry. */
@Component
class SnapshotRetention {

    private static final Logger log = LoggerFactory.getLogger(SnapshotRetention.class);
    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final SnapshotProperties properties;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    SnapshotRetention(
            JdbcClient jdbc,
            AuditTrail audit,
            SnapshotProperties properties,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** At a fixed rate, for that gives it a thread of its own. */
    @Scheduled(fixedRate = 600_000, initialDelay = 60_000)
    void run() {
        var cutoff = clock.instant().minus(properties.retention());
        List<Subject> due;
        do {
            due = endedBefore(cutoff);
            due.forEach(run -> transactions.executeWithoutResult(status -> purge(run)));
            if (!due.isEmpty()) {
                log.info("Purged the snapshots of {} runs that ended before {}", due.size(), cutoff);
            }
        } while (due.size() == BATCH);
    }

    /** Ids sort by time: those of younger runs need not be looked at. */
    private List<Subject> endedBefore(Instant cutoff) {
        return jdbc.sql("""
                        SELECT DISTINCT run.id, run.group_id
                        FROM group_snapshot snapshot JOIN deprovision run ON run.id = snapshot.deprovision_id
                        WHERE snapshot.deprovision_id < :youngest AND run.finished_at < :cutoff
                        ORDER BY run.id
                        LIMIT :limit
                        """)
                .param("youngest", new UUID(cutoff.toEpochMilli() << 16, 0))
                .param("cutoff", cutoff.atOffset(ZoneOffset.UTC))
                .param("limit", BATCH)
                .query((row, number) -> new Subject(
                        new DeprovisionId(row.getObject("id", UUID.class)),
                        new GroupId(row.getString("group_id")),
                        null,
                        null,
                        null))
                .list();
    }

    /** Another process may have been faster. */
    private void purge(Subject run) {
        int deleted = jdbc.sql("DELETE FROM group_snapshot WHERE deprovision_id = :id")
                .param("id", run.deprovision().value())
                .update();
        if (deleted > 0) {
            audit.append(run.entry(clock.instant(), Action.PURGE, Status.SUCCESS, 0, null, false));
        }
    }
}
