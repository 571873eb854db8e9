package dev.deprovisioner.schedule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A queue that stops leaves no thread behind, also where the database's time was never known: as when the database goes
 * away while the service starts. A thread that remained would keep a process alive that does nothing.
 */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Isolated("Looks at the threads of all schedulers")
class TaskQueueStopTest {

    @Autowired
    private DataSource dataSource;

    private TaskQueue queueWithoutTime() {
        return new TaskQueue(
                "deprovision",
                1,
                Optional.empty(),
                LeaseTiming.PRODUCTION,
                dataSource,
                () -> {
                    throw new DataAccessResourceFailureException("away");
                },
                (id, lease) -> Optional.empty());
    }

    private static Set<Thread> schedulerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("db-scheduler"))
                .collect(Collectors.toSet());
    }

    @Test
    void leavesNoThreadBehind() {
        var before = schedulerThreads();
        var queue = queueWithoutTime();
        queue.start();
        assertThat(before.containsAll(schedulerThreads())).isFalse();

        queue.stop();

        await().atMost(ofSeconds(20)).until(() -> before.containsAll(schedulerThreads()));
    }

    /** Else the stop of the service would wait for its timeout. */
    @Test
    void saysThatItHasStopped() throws InterruptedException {
        var queue = queueWithoutTime();
        queue.start();
        var stopped = new CountDownLatch(1);

        queue.stop(stopped::countDown);

        stopped.await();
        assertThat(queue.isRunning()).isFalse();
    }
}
