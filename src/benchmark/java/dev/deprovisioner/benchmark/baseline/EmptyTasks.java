package dev.deprovisioner.benchmark.baseline;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** db-scheduler with tasks that do nothing, as quick as it gets with that many threads. */
final class EmptyTasks {

    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
                task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BYTEA,
                execution_time TIMESTAMP WITH TIME ZONE NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT,
                last_success TIMESTAMP WITH TIME ZONE, last_failure TIMESTAMP WITH TIME ZONE,
                consecutive_failures INT, last_heartbeat TIMESTAMP WITH TIME ZONE, version BIGINT NOT NULL,
                priority SMALLINT, PRIMARY KEY (task_name, task_instance));
            ALTER TABLE scheduled_tasks SET (autovacuum_enabled = false);
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)""";

    private final JdbcTemplate jdbc;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;
    private volatile CountDownLatch left = new CountDownLatch(0);
    private int batches;

    EmptyTasks(String database, int threads) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database);
        pool.setMaximumPoolSize(threads + 4);
        jdbc = new JdbcTemplate(pool);
        jdbc.execute(TABLE);
        task = Tasks.oneTime("empty", Void.class).execute((instance, context) -> left.countDown());
        scheduler = Scheduler.create(pool, task)
                .threads(threads)
                .executorService(Executors.newFixedThreadPool(threads))
                .pollingInterval(Duration.ofMillis(100))
                .pollUsingLockAndFetch(1.0, 4.0)
                .build();
        scheduler.start();
    }

    /**
     * Measures again with a longer delay if some were stored after they were due: the time would be that of storing them.
     *
     * @param delay in which they are stored before they all become due
     * @return how many a second were executed, from that moment on
     */
    double perSecond(int tasks, Duration delay) throws InterruptedException {
        // A new file, without dead rows and old statistics: with them two rounds of five were eight times as slow.
        jdbc.execute("TRUNCATE scheduled_tasks");
        left = new CountDownLatch(tasks);
        var due = Instant.now().plus(delay);
        int batch = batches++;
        scheduler.scheduleBatch(IntStream.range(0, tasks).mapToObj(i -> task.instance(batch + "-" + i)), due);
        boolean stored = Instant.now().isBefore(due);
        left.await();
        if (!stored) {
            return perSecond(tasks, delay.multipliedBy(2));
        }
        return tasks / (Duration.between(due, Instant.now()).toNanos() / 1e9);
    }
}
