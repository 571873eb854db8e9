package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.DatabaseClock;
import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The runs of callers without a worker of this process that are due and have no worker of any process. */
@Repository
class DueCallers {

    /** Each look at further runs reads up to {@link #FURTHER} of them. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final int FURTHER = 1000;

    /** More than the first runs of as many callers as there are workers; looked at after each task, so not more. */
    private static final int FIRST = 100;

    private static final String DUE = """
            SELECT task_instance, execution_time FROM deprovision_task
            WHERE %s execution_time <= :now AND picked = FALSE AND %s
            ORDER BY execution_time LIMIT %d
            """;
    private static final String FIRST_OF_EACH =
            DUE.formatted("priority = " + TaskQueue.PRIORITY_OF_FEW + " AND", TaskQueue.UNDERSTOOD, FIRST);

    private static final String FIRST_OF_ALL = DUE.formatted("", TaskQueue.UNDERSTOOD, FURTHER);

    private final JdbcClient jdbc;
    private final DatabaseClock time;
    private final MonotonicClock clock;
    private @Nullable Long looked;

    DueCallers(JdbcClient jdbc, DatabaseClock time, MonotonicClock clock) {
        this.jdbc = jdbc;
        this.time = time;
        this.clock = clock;
    }

    /** Whether a run of another caller than these is due. */
    boolean isAnyBeyond(Set<Caller> callers) {
        return !beyond(callers, 1).isEmpty();
    }

    /**
     * The next run of each other caller, the one that is due longest first. The first {@value #FIRST} of the first runs of
     * callers are always looked at, and the first {@value #FURTHER} of all once a second.
     */
    List<TaskId> beyond(Set<Caller> callers, int most) {
        var first = find(FIRST_OF_EACH, callers, most);
        return first.isEmpty() && isTimeToLook() ? find(FIRST_OF_ALL, callers, most) : first;
    }

    private synchronized boolean isTimeToLook() {
        if (looked != null && clock.since(looked).compareTo(BETWEEN_LOOKS) < 0) {
            return false;
        }
        looked = clock.nanos();
        return true;
    }

    /** A join would let PostgreSQL read all runs. */
    private List<TaskId> find(String due, Collection<Caller> without, int most) {
        var names = without.isEmpty()
                ? List.of("")
                : without.stream().map(Caller::value).toList();
        return jdbc.sql("""
                        SELECT task_instance FROM (
                            SELECT task_instance, execution_time,
                                   ROW_NUMBER() OVER (PARTITION BY caller ORDER BY execution_time) AS place
                            FROM (SELECT task_instance, execution_time,
                                         (SELECT requested_by FROM deprovision
                                          WHERE id = CAST(due.task_instance AS UUID)) AS caller
                                  FROM (%s) AS due) AS of_callers
                            WHERE caller NOT IN (:without)) AS of_others
                        WHERE place = 1
                        ORDER BY execution_time LIMIT :most
                        """.formatted(due))
                .param("now", TimestampColumn.of(time.instant()))
                .param("without", names)
                .param("most", most)
                .query((row, number) -> new TaskId(row.getString(1)))
                .list();
    }
}
