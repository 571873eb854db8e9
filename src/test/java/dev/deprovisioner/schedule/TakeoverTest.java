package dev.deprovisioner.schedule;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What a process has claimed and does no more work on goes to the others: after its lease, or at once if it stops. */
@JdbcTest
@ExtendWith(OutputCaptureExtension.class)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Isolated("Reads the log of this JVM")
class TakeoverTest {

    private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);

    @Autowired
    private DataSource dataSource;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private final List<String> done = new CopyOnWriteArrayList<>();

    @BeforeEach
    void clear() {
        jdbc.sql("DELETE FROM deprovision_task").update();
    }

    private TaskQueue queue(TaskQueue.Work work) {
        return new TaskQueue(
                "deprovision", 2, Optional.empty(), LeaseTiming.PRODUCTION, dataSource, CLOCK::instant, work);
    }

    private Optional<Instant> noted(TaskId id, Lease lease) {
        done.add(id.value());
        return Optional.empty();
    }

    private void claimedElsewhere(String id, Duration silent) {
        transactions.executeWithoutResult(status -> queue(this::noted).schedule(new TaskId(id), CLOCK.instant()));
        jdbc.sql(
                        "UPDATE deprovision_task SET picked = TRUE, picked_by = 'other', last_heartbeat = :at WHERE task_instance = :id")
                .param("at", CLOCK.instant().minus(silent).atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private String claimant() {
        return jdbc.sql("SELECT picked_by FROM deprovision_task WHERE picked")
                .query(String.class)
                .single();
    }

    @Test
    void takesOverAsSoonAsALeaseIsOverAndNotBefore() {
        claimedElsewhere("lapsed", ofSeconds(21));
        claimedElsewhere("alive", ofSeconds(10));
        var queue = queue(this::noted);

        queue.start();
        await().atMost(ofSeconds(5)).until(() -> done.contains("lapsed"));
        queue.stop();

        assertThat(done).containsExactly("lapsed");
        assertThat(claimant()).isEqualTo("other");
    }

    /** Such as a process that was stopped for longer than its lease, and goes on: it ends its work in one quiet line. */
    @ParameterizedTest
    @CsvSource({"at work, PARKED", "at work, ENDED", "through with it, PARKED", "through with it, ENDED"})
    void leavesToTheOthersWhatTheyHaveTakenOver(String other, String own, CapturedOutput log) {
        var queue = queue((id, lease) -> {
            jdbc.sql(
                            other.equals("at work")
                                    ? "UPDATE deprovision_task SET picked_by = 'other', version = version + 2"
                                    : "DELETE FROM deprovision_task")
                    .update();
            done.add(id.value());
            return own.equals("PARKED") ? Optional.of(CLOCK.instant()) : Optional.empty();
        });
        transactions.executeWithoutResult(status -> queue.schedule(new TaskId("lost"), CLOCK.instant()));

        queue.start();
        await().atMost(ofSeconds(20)).until(() -> log.getAll().contains("lost, another process has taken over"));
        queue.stop();

        assertThat(done).containsExactly("lost");
        assertThat(log.getAll()).doesNotContain("ERROR");
        assertThat(hasTasks()).isEqualTo(other.equals("at work"));
        if (hasTasks()) {
            assertThat(claimant()).isEqualTo("other");
        }
    }

    /** Such as in a library that waits for ever: the process lives, so its heartbeats would extend the lease for ever. */
    @Test
    void workWithoutProgressLosesItsLease(CapturedOutput log) {
        var hanging = new CountDownLatch(1);
        var left = new CompletableFuture<Duration>();
        var queue = queue((id, lease) -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                left.complete(lease.left());
            }
            return Optional.empty();
        });
        transactions.executeWithoutResult(status -> queue.schedule(new TaskId("stalled"), CLOCK.instant()));
        queue.start();
        await().atMost(ofSeconds(20)).until(() -> hasTasks() && isPicked("stalled"));

        for (int look = 0; look < ProgressWatch.LOOKS; look++) {
            queue.giveUpStalled();
        }

        assertThat(left).succeedsWithin(ofSeconds(20)).isEqualTo(Duration.ZERO);
        await().atMost(ofSeconds(20)).until(() -> log.getAll().contains("stalled, another process has taken over"));
        assertThat(log.getAll()).contains("Lease given up: task deprovision stalled");
        assertThat(isPicked("stalled"))
                .as("left to the end of the lease, so that no other process is too early")
                .isTrue();
        queue.stop();
    }

    private boolean isPicked(String id) {
        return jdbc.sql("SELECT picked FROM deprovision_task WHERE task_instance = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    @Test
    void eachProcessHasANameOfItsOwnOnOneHost() {
        var names = new CopyOnWriteArrayList<String>();
        for (int i = 0; i < 2; i++) {
            var queue = queue((id, lease) -> {
                names.add(claimant());
                return noted(id, lease);
            });
            transactions.executeWithoutResult(status -> queue.schedule(new TaskId("a"), CLOCK.instant()));
            queue.start();
            await().atMost(ofSeconds(20)).until(() -> !hasTasks());
            queue.stop();
        }

        assertThat(names).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void givesUpOnlyWhatItHasClaimedItselfAndDoesNotWorkOn() {
        claimedElsewhere("another's", ofSeconds(1));
        claimedElsewhere("in work", ofSeconds(1));
        claimedElsewhere("not begun", ofSeconds(1));
        jdbc.sql("UPDATE deprovision_task SET picked_by = 'me' WHERE task_instance <> 'another''s'")
                .update();

        new TaskTable("deprovision", dataSource).releaseUnstarted("me", List.of("in work"));

        assertThat(jdbc.sql("SELECT task_instance FROM deprovision_task WHERE picked")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("another's", "in work");
    }

    @Test
    void leavesNothingClaimedWhenItStops() throws Exception {
        var begun = new CountDownLatch(2);
        var stopping = new CountDownLatch(1);
        var queue = queue((id, lease) -> {
            begun.countDown();
            awaitQuietly(stopping);
            return Optional.of(CLOCK.instant());
        });
        transactions.executeWithoutResult(
                status -> List.of("a", "b", "c").forEach(id -> queue.schedule(new TaskId(id), CLOCK.instant())));
        queue.start();
        begun.await();

        var stopped = Thread.startVirtualThread(queue::stop);
        stopping.countDown();
        stopped.join();

        assertThat(jdbc.sql("SELECT COUNT(*) FROM deprovision_task WHERE NOT picked")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
    }

    private boolean hasTasks() {
        return jdbc.sql("SELECT COUNT(*) FROM deprovision_task")
                        .query(Long.class)
                        .single()
                > 0;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
