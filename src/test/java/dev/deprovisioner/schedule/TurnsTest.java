package dev.deprovisioner.schedule;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Whose turn it is when more is due than there are workers. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@ResourceLock("the database without beans")
class TurnsTest {

    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);
    private static final int MANY = 40;
    private static final int FEW = 4;

    private final DataSource dataSource;
    private final TaskTable table;

    @Autowired
    private TransactionTemplate transactions;

    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<TaskQueue> queues = new ArrayList<>();

    @Autowired
    TurnsTest(DataSource dataSource) {
        this.dataSource = dataSource;
        this.table = new TaskTable("deprovision", dataSource);
    }

    @BeforeEach
    void clear() {
        table.jdbc().sql("DELETE FROM deprovision_task").update();
    }

    @AfterEach
    void stop() {
        end.countDown();
        queues.forEach(TaskQueue::stop);
    }

    private TaskQueue queue(int workers, ReservedWorkers reserved, TaskQueue.Work work) {
        var queue = new TaskQueue(
                "deprovision",
                workers,
                Optional.of(reserved),
                LeaseTiming.PRODUCTION,
                dataSource,
                CLOCK::instant,
                work);
        queues.add(queue);
        return queue;
    }

    private TaskQueue oneWorker() {
        return queue(1, new Reserved(0), this::noted);
    }

    private Optional<Instant> noted(TaskId id, Lease lease) {
        begun.add(id.value());
        return Optional.empty();
    }

    private Optional<Instant> heldUp(TaskId id, Lease lease) {
        begun.add(id.value());
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void schedule(TaskQueue queue, String id, int ahead) {
        transactions.executeWithoutResult(status -> queue.schedule(new TaskId(id), CLOCK.instant(), ahead));
    }

    private void burst(TaskQueue queue) {
        IntStream.range(0, MANY).forEach(ahead -> schedule(queue, "a" + ahead, ahead));
    }

    private List<String> inOrder(TaskQueue queue, int tasks) {
        queue.start();
        await().atMost(ofSeconds(20)).until(() -> begun.size() == tasks);
        return List.copyOf(begun);
    }

    @Test
    void theFirstTasksOfAnOwnerComeBeforeTheFurtherOnesOfAnother() {
        var queue = oneWorker();
        burst(queue);
        schedule(queue, "b", 0);

        assertThat(inOrder(queue, MANY + 1).indexOf("b")).isLessThanOrEqualTo(FEW);
    }

    @Test
    void theTasksOfOneOwnerKeepTheirOrder() {
        var queue = oneWorker();
        burst(queue);

        assertThat(inOrder(queue, MANY))
                .isEqualTo(
                        IntStream.range(0, MANY).mapToObj(ahead -> "a" + ahead).toList());
    }

    @Test
    void aTaskThatBecameDueComesBeforeTheFurtherTasksOfAnother() {
        var queue = oneWorker();
        burst(queue);
        waiting("b", CLOCK.instant(), FairStart.behind(0));

        assertThat(inOrder(queue, MANY + 1).indexOf("b")).isLessThanOrEqualTo(FEW);
    }

    @Test
    void aTaskThatIsBroughtForwardComesBeforeTheFurtherTasksOfAnother() {
        var queue = oneWorker();
        burst(queue);
        var now = CLOCK.instant();
        table.insert("b", now.plus(ofHours(1)), now, FairStart.behind(0));
        transactions.executeWithoutResult(status -> queue.wake(new TaskId("b")));

        assertThat(inOrder(queue, MANY + 1).indexOf("b")).isLessThanOrEqualTo(FEW);
    }

    /** As after an outage: of what became due meanwhile, the one that did so last is not the last. */
    @ParameterizedTest
    @ValueSource(ints = {2, 60, 23 * 60})
    void aTaskThatBecameDueInAnOutageComesBeforeTheFurtherTasksOfAnother(int minutesAgo) {
        var queue = oneWorker();
        var due = CLOCK.instant().minus(ofMinutes(minutesAgo));
        IntStream.range(0, MANY).forEach(ahead -> waiting("a" + ahead, due.plusMillis(ahead), FairStart.behind(ahead)));
        waiting("b", due.plusSeconds(1), FairStart.behind(0));

        assertThat(inOrder(queue, MANY + 1).indexOf("b")).isLessThanOrEqualTo(FEW);
    }

    private void waiting(String id, Instant due, FairStart headStart) {
        table.insert(id, due, due.minusSeconds(10), headStart);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void isGivenAHeadStartOnce(int ahead) {
        var due = CLOCK.instant();
        var headStart = FairStart.behind(ahead);
        waiting("b", due, headStart);

        for (int hours : List.of(0, 0, 1, 23, 24, 25, 1000)) {
            table.assignStarts(due.plus(ofHours(hours)));
        }

        var time = table.jdbc()
                .sql("SELECT execution_time FROM deprovision_task")
                .query(OffsetDateTime.class)
                .single();
        assertThat(time.toInstant()).isEqualTo(due.minus(headStart.time()));
    }

    @Test
    void anOldTaskComesFirstEvenIfItsOwnerHasManyTasks() {
        var queue = oneWorker();
        var longAgo = CLOCK.instant().minus(ofHours(1));
        table.insert("a", longAgo, longAgo, FairStart.behind(1000));
        schedule(queue, "b", 0);

        assertThat(inOrder(queue, 2)).containsExactly("a", "b");
    }

    /** As a version before would enter it. */
    @Test
    void aTaskWithoutAHeadStartHasTheLeast() {
        var queue = oneWorker();
        table.insert("a", CLOCK.instant().minus(ofHours(1)), CLOCK.instant(), null);
        schedule(queue, "b", 0);
        schedule(queue, "c", 1000);
        table.insert("d", CLOCK.instant().minusSeconds(10), CLOCK.instant(), null);

        assertThat(inOrder(queue, 4)).containsExactly("a", "b", "d", "c");
    }

    @Test
    void theLastWorkersAreKeptForOwnersWhoHaveNoTaskInWork() {
        var queue = queue(4, new Reserved(1, "b"), this::heldUp);
        IntStream.range(10, 20).forEach(ahead -> schedule(queue, "a" + ahead, ahead));
        queue.start();
        await().atMost(ofSeconds(20)).untilAsserted(() -> assertThat(begun).hasSize(3));

        schedule(queue, "b", 200);

        await().atMost(ofSeconds(20)).until(() -> begun.contains("b"));
        assertThat(begun).containsExactlyInAnyOrder("a10", "a11", "a12", "b");
    }
}
