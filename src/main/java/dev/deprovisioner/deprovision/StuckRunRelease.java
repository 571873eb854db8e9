package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends a run past its deadline that fails with an exception each time, and releases its group. It reads and writes single
 * columns only, so that it cannot fail for the reason for which the run does.
 */
@Component
public class StuckRunRelease {

    private static final Logger log = LoggerFactory.getLogger(StuckRunRelease.class);

    private static final Problem WHY = RunProblems.unexpectedErrorUntilDeadline();

    private final JdbcClient jdbc;
    private final DeprovisionRow row;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final DeprovisionProperties properties;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    StuckRunRelease(
            JdbcClient jdbc,
            DeprovisionRow row,
            AuditTrail audit,
            ApplicationEventPublisher events,
            DeprovisionProperties properties,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.row = row;
        this.audit = audit;
        this.events = events;
        this.properties = properties;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A run past its deadline, as far as ending it needs. */
    private record Overdue(long version, AuditEntry.Subject subject, String providerGroupId, Action action) {}

    /** @return whether the run has ended by this */
    public boolean endIfOverdue(DeprovisionId id) {
        var now = clock.instant();
        var overdue = find(id, now);
        overdue.ifPresent(run -> end(run, now));
        return overdue.isPresent();
    }

    private Optional<Overdue> find(DeprovisionId id, Instant now) {
        return jdbc.sql("""
                        SELECT id, group_id, COALESCE(provider_group_id, group_id) AS spelled, version, step, requested_by,
                            on_behalf_of, reason
                        FROM deprovision
                        WHERE id = :id AND needs <= :understood AND status IN (:active)
                          AND COALESCE(started_at, not_before, requested_at) <= :latestStart
                        """)
                .param("id", id.value())
                .param("understood", NewerRunRow.UNDERSTOOD)
                .param("active", Status.active().stream().map(Status::name).toList())
                .param("latestStart", TimestampColumn.of(now.minus(properties.deadline())))
                .query((columns, number) -> overdue(id, columns))
                .optional();
    }

    private static Overdue overdue(DeprovisionId id, ResultSet columns) throws SQLException {
        var subject = new AuditEntry.Subject(
                id,
                new GroupId(columns.getString("group_id")),
                new Caller(columns.getString("requested_by")),
                columns.getString("on_behalf_of"),
                columns.getString("reason"));
        return new Overdue(
                columns.getLong("version"),
                subject,
                columns.getString("spelled"),
                Step.valueOf(columns.getString("step")).action());
    }

    private void end(Overdue run, Instant now) {
        boolean recorded = saveWith("announced", run, now, () -> {
                    appendEntry(run, now);
                    events.publishEvent(ended(run, now));
                })
                || saveWith("audited", run, now, () -> appendEntry(run, now));
        if (!recorded) {
            save(run, now);
        }
        log.error("Run failed: {}", WHY.detail());
    }

    /** @return false if that failed, and nothing was saved */
    private boolean saveWith(String record, Overdue run, Instant now, Runnable write) {
        try {
            transactions.executeWithoutResult(status -> {
                if (save(run, now)) {
                    write.run();
                }
            });
            return true;
        } catch (RuntimeException e) {
            log.error("The end of the run could not be {}", record, e);
            return false;
        }
    }

    private void appendEntry(Overdue run, Instant now) {
        audit.append(run.subject().entry(now, run.action(), AuditEntry.Status.FAILED, 0, WHY.detail(), false));
    }

    private static RunEnded ended(Overdue run, Instant now) {
        var id = run.subject().deprovision();
        var group = new GroupId(run.providerGroupId());
        return new RunEnded(id, group, Status.FAILED, now, null, WHY.type(), null);
    }

    /** @return false if another process has saved the run meanwhile: then the run has not ended by this */
    private boolean save(Overdue run, Instant now) {
        return jdbc.sql("""
                        UPDATE deprovision
                        SET version = version + 1, active_group_id = NULL, awaited_group_id = NULL, status = 'FAILED',
                            problem = :problem, finished_at = :now, next_attempt_at = NULL
                        WHERE id = :id AND version = :version
                        """)
                        .param("problem", row.problem(WHY))
                        .param("now", TimestampColumn.of(now))
                        .param("id", run.subject().deprovision().value())
                        .param("version", run.version())
                        .update()
                == 1;
    }
}
