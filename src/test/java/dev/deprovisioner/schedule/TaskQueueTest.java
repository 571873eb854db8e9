package dev.deprovisioner.schedule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Each task is worked on once, and no more of them at once than there are workers. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
class TaskQueueTest {

    private static final int WORKERS = 2;
    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final List<String> IDS =
            IntStream.range(0, 12).mapToObj(Integer::toString).toList();

    @Autowired
    private DataSource dataSource;

    @Autowired
    private TransactionTemplate transactions;

    private final List<TaskQueue> queues = new ArrayList<>();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    private TaskQueue queue(TaskQueue.Work work) {
        var queue = new TaskQueue("deprovision", WORKERS, dataSource, CLOCK, work);
        queues.add(queue);
        return queue;
    }

    private void workOnAll() {
        transactions.executeWithoutResult(
                status -> IDS.forEach(id -> queues.getFirst().schedule(id, CLOCK.instant())));
        queues.forEach(TaskQueue::start);
        await().atMost(ofSeconds(20)).until(() -> done.size() >= IDS.size());
    }

    private Optional<Instant> done(String id, Lease lease) {
        done.add(id);
        return Optional.empty();
    }

    @AfterEach
    void stop() {
        queues.forEach(TaskQueue::stop);
    }

    @Test
    void hasNoMoreTasksInWorkThanWorkers() {
        var inWork = new AtomicInteger();
        var most = new AtomicInteger();
        queue((id, lease) -> {
            most.accumulateAndGet(inWork.incrementAndGet(), Math::max);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            inWork.decrementAndGet();
            return done(id, lease);
        });

        workOnAll();

        assertThat(most).hasValue(WORKERS);
    }

    @Test
    void worksOnEachTaskOnceWhereTwoQueuesShareATable() {
        queue(this::done);
        queue(this::done);

        workOnAll();
        queues.forEach(TaskQueue::stop);

        assertThat(done).containsExactlyInAnyOrderElementsOf(IDS);
    }
}
