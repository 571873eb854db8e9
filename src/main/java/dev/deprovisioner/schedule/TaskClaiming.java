package dev.deprovisioner.schedule;

import static java.util.stream.Collectors.joining;

import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.task.Execution;
import dev.deprovisioner.database.DatabaseKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims as many due tasks as there are free workers, in one statement on either database. The last workers that are free
 * take only tasks of owners who have none in work: long tasks of one owner cannot hold them all. A task that only a newer
 * version understands is left to that.
 */
final class TaskClaiming extends DefaultJdbcCustomization {

    private static final Logger log = LoggerFactory.getLogger(TaskClaiming.class);

    /** How often within the length of a lease expired leases are released, and head starts are assigned. */
    private static final int UPDATES_IN_A_LEASE = 11;

    private final TaskTable table;
    private final Optional<ReservedWorkers> reserved;
    private final Duration lease;
    private final boolean postgres;
    /** Used by the scheduler's one thread. */
    private Instant updatedAt = Instant.EPOCH;

    /** @param reserved empty where tasks have no owners */
    TaskClaiming(TaskTable table, Optional<ReservedWorkers> reserved, Duration lease, DataSource dataSource) {
        super(false);
        this.table = table;
        this.reserved = reserved;
        this.lease = lease;
        this.postgres = DatabaseKind.of(dataSource) == DatabaseKind.POSTGRESQL;
    }

    @Override
    public String getName() {
        return "Claims";
    }

    @Override
    public boolean supportsSingleStatementLockAndFetch() {
        return true;
    }

    /** @param free how many workers are */
    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int free, boolean orderByPriority) {
        updateTable(now);
        int kept = Math.min(free, reserved.map(ReservedWorkers::number).orElse(0));
        int forAll = free - kept;
        var claimed = new ArrayList<>(forAll == 0 ? List.of() : claim(context, now, List.of(), forAll));
        if (kept > 0 && claimed.size() == forAll) {
            claimed.addAll(claimOfOthers(context, now, kept));
        }
        return claimed;
    }

    private List<Execution> claimOfOthers(JdbcTaskRepositoryContext context, Instant now, int limit) {
        var next = reserved.orElseThrow().next(limit);
        return next.isEmpty() ? List.of() : claim(context, now, next, limit);
    }

    /** Does so a few times a lease: busy workers look for tasks many times a second. */
    private void updateTable(Instant now) {
        if (Duration.between(updatedAt, now).abs().compareTo(lease.dividedBy(UPDATES_IN_A_LEASE)) < 0) {
            return;
        }
        updatedAt = now;
        int lost = table.releaseExpired(now.minus(lease));
        if (lost > 0) {
            log.warn("Tasks taken over: {} of {}, the lease of their process has expired", lost, table.name());
        }
        if (reserved.isPresent()) {
            table.assignStarts(now);
        }
    }

    /** @param only these, or empty for any */
    private List<Execution> claim(JdbcTaskRepositoryContext context, Instant now, List<TaskId> only, int limit) {
        int due = postgres ? 1 : 3;
        int claim = postgres ? 2 + only.size() : 1;
        return context.jdbcRunner.query(
                sql(only.size(), limit),
                statement -> {
                    setInstant(statement, due, now);
                    for (int i = 0; i < only.size(); i++) {
                        statement.setString(due + 1 + i, only.get(i).value());
                    }
                    statement.setString(claim, context.schedulerName.getName());
                    setInstant(statement, claim + 1, now);
                },
                context.resultSetMapper.get());
    }

    /** A claim resets {@code expedited}: the work that begins now answers the requests to hurry that came before. */
    private String sql(int only, int limit) {
        var which = only == 0
                ? ""
                : Stream.generate(() -> "?").limit(only).collect(joining(", ", " AND task_instance IN (", ")"));
        var due = """
                SELECT task_name, task_instance FROM %s
                WHERE picked = FALSE AND execution_time <= ? AND %s%s
                ORDER BY execution_time
                LIMIT %d""".formatted(table.name(), TaskTable.UNDERSTOOD, which, limit);
        var claim = "UPDATE " + table.name()
                + " SET picked = TRUE, picked_by = ?, last_heartbeat = ?, version = version + 1, expedited = FALSE";
        return postgres ? skippingLocks(due, claim) : inOneProcess(due, claim);
    }

    /** Materialized, or PostgreSQL may look for due tasks more than once, and so claim more than there are workers. */
    private String skippingLocks(String due, String claim) {
        return """
                WITH due AS MATERIALIZED (%s FOR UPDATE SKIP LOCKED),
                claimed AS (%s FROM due WHERE %3$s.task_name = due.task_name AND %3$s.task_instance = due.task_instance
                            RETURNING %3$s.*)
                SELECT * FROM claimed ORDER BY execution_time""".formatted(due, claim, table.name());
    }

    private String inOneProcess(String due, String claim) {
        return """
                SELECT * FROM FINAL TABLE (%s WHERE picked = FALSE AND (task_name, task_instance) IN (%s))
                ORDER BY execution_time""".formatted(claim, due);
    }
}
