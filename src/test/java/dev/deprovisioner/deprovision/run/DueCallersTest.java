package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
        this.due = new DueCallers(jdbc, time, time);
    }

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(template, "deprovision_task", "group_snapshot", "deprovision");
    }

    private TaskId run(String caller, int priority, boolean picked, Duration dueIn) {
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
        return new TaskId(id.toString());
    }

    private List<TaskId> beyond(int most, String... callers) {
        return due.beyond(Set.copyOf(Stream.of(callers).map(Caller::new).toList()), most);
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
    void aFurtherRunIsLookedForOnceASecond() {
        assertThat(isAnyBeyond("other")).isFalse();
        run("many", FEW - 1, false, Duration.ZERO);

        assertThat(isAnyBeyond("other")).isFalse();
        time.step(Duration.ofSeconds(1));
        assertThat(isAnyBeyond("other")).isTrue();
        time.step(Duration.ofSeconds(1));
        assertThat(isAnyBeyond("many")).isFalse();
    }

    @Test
    void theRunThatIsDueLongestComesFirstAndOneOfEachCaller() {
        run("busy", FEW, false, Duration.ofHours(-3));
        var second = run("portal", FEW, false, Duration.ofHours(-1));
        run("portal", FEW, false, Duration.ZERO);
        var first = run("other", FEW, false, Duration.ofHours(-2));

        assertThat(beyond(3, "busy")).containsExactly(first, second);
        assertThat(beyond(1, "busy")).containsExactly(first);
    }

    /** Such as a fifth run while four are scheduled for next month, or the fifth of ten short ones. */
    @Test
    void furtherRunsOfACallerWithoutAWorkerHaveTheirTurnBehindManyOfAnother() {
        IntStream.range(0, 100).forEach(i -> run("busy", 0, false, Duration.ofHours(-2)));
        run("portal", FEW, false, Duration.ofDays(30));
        var fifth = run("portal", FEW - 1, false, Duration.ZERO);

        assertThat(beyond(3, "busy")).containsExactly(fifth);
    }

    @Test
    void anyCallerCountsWhileNoneHasAWorker() {
        var only = run("portal", FEW, false, Duration.ZERO);

        assertThat(beyond(3)).containsExactly(only);
    }
}
