package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.database.DatabaseClock;
import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.schedule.TaskQueue;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Whether callers without a worker of this process have runs that are due and have no worker of any process. */
@Repository
class DueCallers {

    private final JdbcClient jdbc;
    private final DatabaseClock time;

    DueCallers(JdbcClient jdbc, DatabaseClock time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /**
     * Whether a run of another caller than these is due. It looks at the first runs of each caller only, so the cost depends
     * on the number of these callers, and not on how many runs are due.
     *
     * @param callers at least one
     */
    boolean isAnyBeyond(Set<Caller> callers) {
        return !jdbc.sql("""
                        SELECT task.task_instance
                        FROM deprovision_task task JOIN deprovision run ON run.id = CAST(task.task_instance AS UUID)
                        WHERE task.priority = :first AND task.execution_time <= :now AND task.picked = FALSE
                            AND task.%s AND run.requested_by NOT IN (:callers)
                        ORDER BY task.execution_time LIMIT 1
                        """.formatted(TaskQueue.UNDERSTOOD))
                .param("first", TaskQueue.PRIORITY_OF_FEW)
                .param("now", TimestampColumn.of(time.instant()))
                .param("callers", callers.stream().map(Caller::value).toList())
                .query(String.class)
                .list()
                .isEmpty();
    }
}
