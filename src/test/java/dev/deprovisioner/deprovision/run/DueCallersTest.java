package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.jdbc.JdbcTestUtils;

/** Whose runs need a worker. */
@JdbcTest
@ResourceLock("the database without beans")
class DueCallersTest {

    private static final int FEW = TaskQueue.PRIORITY_OF_FEW;

    private final SteppedTime time = new SteppedTime();
    private final JdbcClient jdbc;
    private final DueCallers due;

    @Autowired
    DueCallersTest(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.due = new DueCallers(jdbc, time);
    }

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(template, "deprovision_task", "group_snapshot", "deprovision");
    }

    private void run(String caller, int priority, boolean picked, Duration dueIn) {
        var id = DeprovisionId.next();
        jdbc.sql("""
                        INSERT INTO deprovision (id, group_id, version, status, step, requested_by, requested_at, attempt,
                                                 revalidations, steps)
                        VALUES (:id, 'g1', 1, 'SCHEDULED', 'VALIDATE', :caller, :now, 0, 0, '[]')
                        """)
                .param("id", id.value())
                .param("caller", caller)
                .param("now", TimestampColumn.of(time.instant()))
                .update();
        jdbc.sql("""
                        INSERT INTO deprovision_task (task_name, task_instance, execution_time, priority, picked, version)
                        VALUES ('deprovision', :id, :due, :priority, :picked, 1)
                        """)
                .param("id", id.toString())
                .param("due", TimestampColumn.of(time.instant().plus(dueIn)))
                .param("priority", priority)
                .param("picked", picked)
                .update();
    }

    private boolean isAnyBeyond(String... callers) {
        return due.isAnyBeyond(Set.copyOf(Stream.of(callers).map(Caller::new).toList()));
    }

    @Test
    void aDueRunOfAnotherCallerNeedsAWorker() {
        run("portal", FEW, false, Duration.ZERO);

        assertThat(isAnyBeyond("other", "third")).isTrue();
        assertThat(isAnyBeyond("other", "portal")).isFalse();
    }

    @Test
    void aRunThatIsNotDueOrHasAWorkerNeedsNone() {
        run("early", FEW, false, Duration.ofSeconds(1));
        run("busy", FEW, true, Duration.ZERO);

        assertThat(isAnyBeyond("other")).isFalse();
    }

    @Test
    void aRunThatOnlyANewerVersionUnderstandsNeedsNone() {
        run("newer", FEW, false, Duration.ZERO);
        jdbc.sql("UPDATE deprovision_task SET needs = 1").update();

        assertThat(isAnyBeyond("other")).isFalse();
    }

    @Test
    void onlyTheFirstRunsOfACallerCount() {
        run("many", FEW - 1, false, Duration.ZERO);

        assertThat(isAnyBeyond("other")).isFalse();
    }
}
