package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.HeartbeatConfig;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How long a worker may rely on its task: counted from what the database has confirmed. */
class HeartbeatLeaseTest {

    private static final Duration LENGTH = Duration.ofSeconds(20);

    private boolean lost;
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");
    private final SchedulerState scheduler = mock();
    private final Execution claimed =
            new Execution(now, new TaskInstance<>("deprovision", "1")).updateToPicked("this process", now);

    private CurrentlyExecuting begun() {
        return new CurrentlyExecuting(claimed, () -> now, new HeartbeatConfig(Duration.ofSeconds(5), 4, LENGTH));
    }

    private Lease lease(CurrentlyExecuting executing) {
        var context = new ExecutionContext(scheduler, claimed, mock(SchedulerClient.class), executing);
        return new HeartbeatLease(context, LENGTH, now, () -> lost);
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void runsOutFromTheClaim() {
        var lease = lease(begun());
        assertThat(lease.left()).isEqualTo(LENGTH);
        pass(12);
        assertThat(lease.left()).isEqualTo(Duration.ofSeconds(8));
        pass(30);
        assertThat(lease.left()).isNegative();
    }

    @Test
    void isExtendedByAHeartbeatThatTheDatabaseHasConfirmed() {
        var executing = begun();
        var lease = lease(executing);
        pass(5);
        executing.heartbeat(true, now);
        pass(2);
        assertThat(lease.left()).isEqualTo(Duration.ofSeconds(18));
    }

    @Test
    void isNotExtendedByAHeartbeatThatFailed() {
        var executing = begun();
        var lease = lease(executing);
        pass(5);
        executing.heartbeat(false, now);
        pass(2);
        assertThat(lease.left()).isEqualTo(Duration.ofSeconds(13));
    }

    @Test
    void countsTheTimeBetweenTheClaimAndTheBeginOfTheWork() {
        pass(15);
        var executing = begun();
        var lease = lease(executing);
        assertThat(lease.left()).isEqualTo(Duration.ofSeconds(5));
        pass(3);
        assertThat(lease.left()).isEqualTo(Duration.ofSeconds(2));
        executing.heartbeat(true, now);
        assertThat(lease.left()).isEqualTo(LENGTH);
    }

    @Test
    void isOverOnceTheSchedulerStops() {
        var lease = lease(begun());
        when(scheduler.isShuttingDown()).thenReturn(true);
        assertThat(lease.left()).isZero();
    }

    @Test
    void isOverOnceItIsGivenUp() {
        var lease = lease(begun());
        lost = true;
        assertThat(lease.left()).isZero();
    }
}
