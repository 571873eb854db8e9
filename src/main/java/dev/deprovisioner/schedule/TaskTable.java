package dev.deprovisioner.schedule;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the scheduler's own client cannot do in its table without losing a race: bring a task forward, in one statement. */
record TaskTable(String name, String task, JdbcClient jdbc) {

    private static final int AT_ONCE = 500;

    TaskTable(String task, DataSource dataSource) {
        this(task + "_task", task, JdbcClient.create(dataSource));
    }

    /**
     * Where it is being worked on, its time is set anew after that; so word is left as well.
     *
     * @return whether there is such a task
     */
    boolean bringForward(String id, Instant now) {
        return update("SET execution_time = :now, expedited = picked", "TRUE", id, now);
    }

    /** As many of them as there are. */
    void bringForward(Collection<String> ids, Instant now) {
        var all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            jdbc.sql(("UPDATE %s SET execution_time = :now, expedited = picked"
                                    + " WHERE task_name = :task AND task_instance IN (:ids)")
                            .formatted(name))
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("task", task)
                    .param("ids", all.subList(from, Math.min(from + AT_ONCE, all.size())))
                    .update();
        }
    }

    void bringForwardWhereWordWasLeft(String id, Instant now) {
        update("SET execution_time = :now, expedited = FALSE", "expedited AND NOT picked", id, now);
    }

    private boolean update(String change, String where, String id, Instant now) {
        return jdbc.sql("UPDATE %s %s WHERE task_name = :task AND task_instance = :id AND %s"
                                .formatted(name, change, where))
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("task", task)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** @param version as it was claimed: what another process has taken over is not touched */
    boolean removeUnlessWordWasLeft(String id, long version) {
        return jdbc.sql(("DELETE FROM %s WHERE task_name = :task AND task_instance = :id AND version = :version"
                                        + " AND NOT expedited")
                                .formatted(name))
                        .param("task", task)
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }
}
