package dev.deprovisioner.schedule;

import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the scheduler's own client cannot do in its table without losing a race: bring a task forward, in one statement. */
record TaskTable(String name, String task, JdbcClient jdbc) {

    TaskTable(String task, DataSource dataSource) {
        this(task + "_task", task, JdbcClient.create(dataSource));
    }

    /** Where it is being worked on, its time is set anew after that; so word is left as well. */
    void bringForward(String id, Instant now) {
        update("SET execution_time = :now, expedited = picked", "TRUE", id, now);
    }

    void bringForwardWhereWordWasLeft(String id, Instant now) {
        update("SET execution_time = :now, expedited = FALSE", "expedited AND NOT picked", id, now);
    }

    private void update(String change, String where, String id, Instant now) {
        jdbc.sql("UPDATE %s %s WHERE task_name = :task AND task_instance = :id AND %s".formatted(name, change, where))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("task", task)
                .param("id", id)
                .update();
    }
}
