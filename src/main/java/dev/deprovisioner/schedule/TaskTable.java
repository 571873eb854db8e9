package dev.deprovisioner.schedule;

import static dev.deprovisioner.schedule.FairStart.LEAST_STEPS;
import static dev.deprovisioner.schedule.FairStart.STEP_SECONDS;

import dev.deprovisioner.database.TimestampColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes of the task table that the scheduler cannot make without losing races: each is one statement. */
record TaskTable(String name, String task, JdbcClient jdbc) {

    /** Rows whose meaning this version understands; the others are left to newer versions. */
    static final String UNDERSTOOD = "needs <= 0";

    private static final int AT_ONCE = 500;

    /** For how long after it has become due a task may be given its head start: an outage may have lasted that long. */
    private static final Duration LATELY = Duration.ofSeconds((long) LEAST_STEPS * STEP_SECONDS);

    /** Null for a task that has none. */
    private static final String HEAD_START =
            "INTERVAL '%d' SECOND * (%d + priority)".formatted(STEP_SECONDS, LEAST_STEPS);

    /** At once, and with its head start. */
    private static final String NOW =
            "execution_time = COALESCE(CAST(:now AS TIMESTAMP WITH TIME ZONE) - %s, :now)".formatted(HEAD_START);

    private static final String NOT_PICKED =
            "SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1";

    TaskTable(String task, DataSource dataSource) {
        this(task + "_task", task, JdbcClient.create(dataSource));
    }

    /** @param fairStart null for one that has its turn just when it is due */
    void insert(String id, Instant due, Instant now, @Nullable FairStart fairStart) {
        var from = fairStart == null || due.isAfter(now) ? due : due.minus(fairStart.time());
        jdbc.sql("""
                        INSERT INTO %s (task_name, task_instance, execution_time, priority, picked, version)
                        VALUES (:task, :id, :due, :priority, FALSE, 1)
                        """.formatted(name))
                .param("task", task)
                .param("id", id)
                .param("due", TimestampColumn.of(from))
                .param("priority", fairStart == null ? null : fairStart.steps())
                .update();
    }

    /**
     * The end of the present work sets the time of a task again. So a task that is being worked on is also marked as
     * expedited.
     *
     * @return whether there is such a task
     */
    boolean wake(String id, Instant now) {
        return update("SET %s, expedited = picked".formatted(NOW), "TRUE", id, now);
    }

    /** As many of them as there are. */
    void wake(Collection<String> ids, Instant now) {
        var all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            jdbc.sql("UPDATE %s SET %s, expedited = picked WHERE task_name = :task AND task_instance IN (:ids)"
                            .formatted(name, NOW))
                    .param("now", TimestampColumn.of(now))
                    .param("task", task)
                    .param("ids", all.subList(from, Math.min(from + AT_ONCE, all.size())))
                    .update();
        }
    }

    void wakeWhereRequested(String id, Instant now) {
        update("SET %s, expedited = FALSE".formatted(NOW), "expedited AND NOT picked", id, now);
    }

    private boolean update(String change, String where, String id, Instant now) {
        return jdbc.sql("UPDATE %s %s WHERE task_name = :task AND task_instance = :id AND %s"
                                .formatted(name, change, where))
                        .param("now", TimestampColumn.of(now))
                        .param("task", task)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** @param version the version at the claim, so that a task of another process stays untouched */
    boolean removeUnlessWakeRequested(String id, long version) {
        return jdbc.sql(("DELETE FROM %s WHERE task_name = :task AND task_instance = :id AND version = :version"
                                        + " AND NOT expedited")
                                .formatted(name))
                        .param("task", task)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /**
     * Gives tasks that have become due their head start, once each. A task without a priority gets the least, so that
     * it does not wait for all others.
     */
    void assignStarts(Instant now) {
        jdbc.sql("""
                        UPDATE %s SET execution_time = execution_time - %s
                        WHERE picked = FALSE AND execution_time > :longAgo AND execution_time <= :now AND %s
                        """.formatted(name, HEAD_START.replace("priority", "COALESCE(priority, 0)"), UNDERSTOOD))
                .param("longAgo", TimestampColumn.of(now.minus(LATELY)))
                .param("now", TimestampColumn.of(now))
                .update();
    }

    /** Takes back the tasks of processes without a heartbeat since then; a task keeps its place in the queue. */
    int releaseExpired(Instant silentSince) {
        return jdbc.sql("UPDATE %s %s WHERE picked = TRUE AND last_heartbeat <= :silentSince AND %s"
                        .formatted(name, NOT_PICKED, UNDERSTOOD))
                .param("silentSince", TimestampColumn.of(silentSince))
                .update();
    }

    /**
     * Lets the lease of a task run out: from now on its process's heartbeats fail, and so does the end of its work.
     *
     * @param version the version at the claim
     * @return whether the claim was still there
     */
    boolean stopHeartbeats(String id, long version) {
        return jdbc.sql(("UPDATE %s SET version = version + 1"
                                        + " WHERE task_name = :task AND task_instance = :id AND version = :version AND picked")
                                .formatted(name))
                        .param("task", task)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    /** Gives up what one process has claimed and does not work on. */
    int releaseUnstarted(String owner, List<String> inWork) {
        var others = inWork.isEmpty() ? "TRUE" : "task_instance NOT IN (:inWork)";
        var update = jdbc.sql(
                        "UPDATE %s %s WHERE picked = TRUE AND last_heartbeat IS NOT NULL AND picked_by = :owner AND %s"
                                .formatted(name, NOT_PICKED, others))
                .param("owner", owner);
        return (inWork.isEmpty() ? update : update.param("inWork", inWork)).update();
    }

    /** Takes back everything that this version understands. */
    int releaseAll() {
        return jdbc.sql("UPDATE %s %s WHERE picked = TRUE AND %s".formatted(name, NOT_PICKED, UNDERSTOOD))
                .update();
    }
}
