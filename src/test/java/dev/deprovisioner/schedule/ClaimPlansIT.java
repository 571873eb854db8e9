package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.Explained;
import dev.deprovisioner.testbed.Plan;
import dev.deprovisioner.testbed.Postgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claiming a task, and looking for claims whose owner is gone, costs the same with 100,000 tasks, waiting or due. */
class ClaimPlansIT {

    private static final int WORKERS = 8;

    private static final Postgres DATABASE = Postgres.createNotDurable().migrated();

    private final Explained explained = new Explained(DATABASE.application());

    /**
     * @param due so many, the others later
     * @param headStart in hours; those that are due have it already
     * @param priority of task n
     */
    private static void load(int due, int headStart, String priority) {
        var owner = JdbcClient.create(DATABASE.owner());
        owner.sql("TRUNCATE deprovision_task").update();
        owner.sql("""
                INSERT INTO deprovision_task (task_name, task_instance, execution_time, picked, version, priority)
                SELECT 'deprovision', 'run-' || n,
                       now() + (n - :due) * INTERVAL '1 minute'
                           - CASE WHEN n <= :due THEN :headStart ELSE 0 END * INTERVAL '1 hour', FALSE, 1, %s
                FROM generate_series(1, 100000) AS n
                """.formatted(priority))
                .param("due", due)
                .param("headStart", headStart)
                .update();
        owner.sql("VACUUM ANALYZE deprovision_task").update();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100_000})
    void claimOfDueTasks(int due) {
        load(due, 0, "NULL");

        assertClaims(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100_000})
    void claimOfDueTasksThatTakeTurns(int due) {
        load(due, 25, "n % 101");

        assertThat(assertClaims(Optional.of(new Reserved(WORKERS / 4, "run-1"))))
                .anyMatch(plan -> plan.sql().contains("SET execution_time"));
    }

    private List<Plan> assertClaims(Optional<ReservedWorkers> reserved) {
        var performed = new AtomicInteger();
        TaskQueue.Work work = (id, lease) -> {
            performed.incrementAndGet();
            return Optional.empty();
        };
        var clock = Clock.systemUTC();
        var queue = new TaskQueue(
                "deprovision", WORKERS, reserved, LeaseTiming.PRODUCTION, explained.dataSource(), clock::instant, work);

        var plans = explained.of(() -> {
            queue.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> performed.get() >= 20);
            queue.stop();
        });

        assertThat(plans).anyMatch(plan -> plan.sql().contains("SKIP LOCKED"));
        assertThat(plans).allSatisfy(plan -> plan.assertFlat(4 * WORKERS, 300));
        return plans;
    }
}
