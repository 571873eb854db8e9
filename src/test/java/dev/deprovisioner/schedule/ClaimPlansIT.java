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
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claiming a task, and looking for claims whose owner is gone, costs the same with 100,000 tasks, waiting or due. */
class ClaimPlansIT {

    private static final int WORKERS = 8;

    private final Postgres database = Postgres.create().migrated();
    private final Explained explained = new Explained(database.application());

    /** Those that are due have their head starts already. */
    private void giveOwners() {
        var owner = JdbcClient.create(database.owner());
        owner.sql("""
                UPDATE deprovision_task SET priority = CAST(substr(task_instance, 5) AS INTEGER) % 101, execution_time =
                    CASE WHEN execution_time > now() THEN execution_time ELSE execution_time - INTERVAL '25 hours' END
                """).update();
        owner.sql("VACUUM FULL ANALYZE deprovision_task").update();
    }

    private void load(int due) {
        var owner = JdbcClient.create(database.owner());
        owner.sql("""
                INSERT INTO deprovision_task (task_name, task_instance, execution_time, picked, version)
                SELECT 'deprovision', 'run-' || n, now() + (n - :due) * INTERVAL '1 minute', FALSE, 1
                FROM generate_series(1, 100000) AS n
                """).param("due", due).update();
        owner.sql("VACUUM ANALYZE deprovision_task").update();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100_000})
    void claimOfDueTasks(int due) {
        load(due);

        assertClaims(OptionalInt.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100_000})
    void claimOfDueTasksThatTakeTurns(int due) {
        load(due);
        giveOwners();

        assertThat(assertClaims(OptionalInt.of(WORKERS / 4)))
                .anyMatch(plan -> plan.sql().contains("SET execution_time"));
    }

    private List<Plan> assertClaims(OptionalInt reserved) {
        var performed = new AtomicInteger();
        TaskQueue.Work work = (id, lease) -> {
            performed.incrementAndGet();
            return Optional.empty();
        };
        var clock = Clock.systemUTC();
        var queue = new TaskQueue(
                "deprovision",
                WORKERS,
                reserved,
                LeaseTiming.PRODUCTION,
                explained.dataSource(),
                clock,
                clock::instant,
                work);

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
