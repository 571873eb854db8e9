package dev.deprovisioner.schedule;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The lease that the scheduler's heartbeat extends, each time that the database has confirmed it. */
final class HeartbeatLease implements Lease {

    private final CurrentlyExecuting executing;
    private final SchedulerState scheduler;
    private final Duration length;
    private final Duration begunAfterClaim;
    private final BooleanSupplier lost;

    /**
     * @param now by the scheduler's clock
     * @param lost whether the lease was given up, as the work made no progress
     */
    HeartbeatLease(ExecutionContext context, Duration length, Instant now, BooleanSupplier lost) {
        this.executing = context.getCurrentlyExecuting();
        this.scheduler = context.getSchedulerState();
        this.length = length;
        this.lost = lost;
        var claimed = context.getExecution().lastHeartbeat;
        this.begunAfterClaim =
                claimed == null ? Duration.ZERO : Duration.between(claimed, now).minus(executing.getDuration());
    }

    @Override
    public Duration left() {
        return scheduler.isShuttingDown() || lost.getAsBoolean() ? Duration.ZERO : length.minus(sinceHeartbeat());
    }

    /** The scheduler takes the begin of the work for the first heartbeat; the claim may have come before. */
    private Duration sinceHeartbeat() {
        var inWork = executing.getDuration();
        var age = Duration.ofMillis((long) (executing.getHeartbeatState().getFractionDead() * length.toMillis()));
        return age.compareTo(inWork.minusMillis(100)) < 0 ? age : inWork.plus(begunAfterClaim);
    }
}
