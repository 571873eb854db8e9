package dev.deprovisioner.schedule;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Each task is executed once, at most one per worker at a time, and earlier if it is expedited. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@ResourceLock("the database without beans")
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
    private final Instant farAhead = CLOCK.instant().plus(ofHours(1));
    private final Queue<String> done = new ConcurrentLinkedQueue<>();

    private TaskQueue queue(TaskQueue.Work work) {
        return queue(LeaseTiming.PRODUCTION, work);
    }

    private TaskQueue queue(LeaseTiming timing, TaskQueue.Work work) {
        var queue = new TaskQueue("deprovision", WORKERS, Optional.empty(), timing, dataSource, CLOCK::instant, work);
        queues.add(queue);
        return queue;
    }

    private void workOnAll() {
        transactions.executeWithoutResult(
                status -> IDS.forEach(id -> queues.getFirst().schedule(new TaskId(id), CLOCK.instant())));
        queues.forEach(TaskQueue::start);
        await().atMost(ofSeconds(20)).until(() -> done.size() >= IDS.size());
    }

    private Optional<Instant> done(TaskId id, Lease lease) {
        done.add(id.value());
        return Optional.empty();
    }

    /** Other tests share the database. */
    @BeforeEach
    void clear() {
        JdbcClient.create(dataSource).sql("DELETE FROM deprovision_task").update();
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
    void beginsSoonAndGoesOnAfterAShortPauseWithoutAPoll() {
        var withoutPolls = new LeaseTiming(ofSeconds(5), 4, ofHours(1));
        var queue = queue(withoutPolls, (id, lease) -> {
            done.add(id.value());
            return done.size() < 3 ? Optional.of(CLOCK.instant().plusMillis(50)) : Optional.empty();
        });
        queue.start();

        transactions.executeWithoutResult(
                status -> queue.schedule(new TaskId("a"), CLOCK.instant().plusMillis(50)));

        await().atMost(ofSeconds(20)).until(() -> tasks() == 0);
        assertThat(done).containsExactly("a", "a", "a");
    }

    @Test
    void worksOnEachTaskOnceWhereTwoQueuesShareATable() {
        queue(this::done);
        queue(this::done);

        workOnAll();
        queues.forEach(TaskQueue::stop);

        assertThat(done).containsExactlyInAnyOrderElementsOf(IDS);
    }

    @Test
    void bringsForwardForEveryoneWhoAsksAtTheSameTime() throws Exception {
        queue(this::done);
        scheduleFarAhead("a");

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> call = this::expedite;
            var calls = callers.invokeAll(Collections.nCopies(20, call));

            assertThat(calls).allSatisfy(answer -> assertThat(answer.state()).isEqualTo(Future.State.SUCCESS));
        }

        queues.getFirst().start();
        await().atMost(ofSeconds(20)).untilAsserted(() -> assertThat(done).containsExactly("a"));
    }

    @Test
    void bringsForwardWhatAnotherQueueIsJustPuttingOff() throws Exception {
        var inWork = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        var puttingOff = queue((id, lease) -> {
            done.add(id.value());
            inWork.countDown();
            awaitQuietly(asked);
            return done.size() == 1 ? Optional.of(farAhead) : Optional.empty();
        });
        queue(this::done);
        transactions.executeWithoutResult(status -> puttingOff.schedule(new TaskId("a"), CLOCK.instant()));
        puttingOff.start();
        assertThat(inWork.await(20, TimeUnit.SECONDS)).isTrue();

        transactions.executeWithoutResult(status -> queues.getLast().wake(new TaskId("a")));
        asked.countDown();

        await().atMost(ofSeconds(20)).untilAsserted(() -> assertThat(done).containsExactly("a", "a"));
    }

    @Test
    void bringsNothingForwardThatIsDone() throws Exception {
        queue(this::done);

        expedite();
        queues.getFirst().start();

        assertThat(done).isEmpty();
    }

    @Test
    void worksOnceMoreOnWhatIsWantedWhileItsWorkEnds() throws Exception {
        var inWork = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        var ending = queue((id, lease) -> {
            done.add(id.value());
            inWork.countDown();
            awaitQuietly(asked);
            return Optional.empty();
        });
        ensure("a");
        ending.start();
        assertThat(inWork.await(20, TimeUnit.SECONDS)).isTrue();

        ensure("a");
        asked.countDown();

        await().atMost(ofSeconds(20)).untilAsserted(() -> assertThat(done).containsExactly("a", "a"));
        await().atMost(ofSeconds(20)).until(() -> tasks() == 0);
    }

    /** As if the task is claimed before the process that postponed it has reset the flag. */
    @Test
    void takesWordThatWasLeftBeforeAsHeardWhenItBegins() {
        queue(this::done);
        ensure("a");
        JdbcClient.create(dataSource)
                .sql("UPDATE deprovision_task SET expedited = TRUE")
                .update();
        queues.getFirst().start();

        await().atMost(ofSeconds(20)).until(() -> tasks() == 0);
        assertThat(done).containsExactly("a");
    }

    @Test
    void leavesToANewerVersionWhatOnlyThatUnderstands() {
        queue(this::done);
        ensure("newer");
        ensure("newer, and lost by its process");
        ensure("known");
        var jdbc = JdbcClient.create(dataSource);
        jdbc.sql("UPDATE deprovision_task SET needs = 1 WHERE task_instance LIKE 'newer%'")
                .update();
        jdbc.sql("UPDATE deprovision_task SET picked = TRUE, last_heartbeat = :at WHERE task_instance LIKE '%lost%'")
                .param("at", CLOCK.instant().minus(ofHours(1)).atOffset(ZoneOffset.UTC))
                .update();
        queues.getFirst().start();

        await().atMost(ofSeconds(20)).until(() -> tasks() == 2);
        queues.getFirst().stop();
        assertThat(done).containsExactly("known");
        assertThat(jdbc.sql("SELECT task_instance FROM deprovision_task WHERE picked")
                        .query(String.class)
                        .list())
                .containsExactly("newer, and lost by its process");
        jdbc.sql("DELETE FROM deprovision_task").update();
    }

    @Test
    void bringsForwardWhatIsThereAndAddsWhatIsNot() {
        queue(this::done);
        scheduleFarAhead("a");

        ensure("a");
        ensure("b");
        ensure("b");
        queues.getFirst().start();

        await().atMost(ofSeconds(20)).until(() -> tasks() == 0);
        assertThat(done).containsExactlyInAnyOrder("a", "b");
    }

    private void ensure(String id) {
        transactions.executeWithoutResult(status -> queues.getFirst().scheduleOrWake(new TaskId(id)));
    }

    private int tasks() {
        return JdbcClient.create(dataSource)
                .sql("SELECT COUNT(*) FROM deprovision_task")
                .query(Integer.class)
                .single();
    }

    private void scheduleFarAhead(String id) {
        transactions.executeWithoutResult(status -> queues.getFirst().schedule(new TaskId(id), farAhead));
    }

    private @Nullable Void expedite() {
        transactions.executeWithoutResult(status -> queues.getFirst().wake(new TaskId("a")));
        return null;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
