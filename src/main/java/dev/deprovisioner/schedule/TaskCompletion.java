package dev.deprovisioner.schedule;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.deprovisioner.database.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a task when the work on it has ended.
 *
 * @param name of the queue, for the log
 */
record TaskCompletion(String name, TaskTable table, DatabaseClock time) {

    private static final Logger log = LoggerFactory.getLogger(TaskCompletion.class);
    private static final Duration FIRST_REPEAT = Duration.ofSeconds(2);
    private static final int MAX_DOUBLINGS = 7;

    /** @param next when to go on; empty when the work is done */
    CompletionHandler<Void> of(Optional<Instant> next) {
        return next.<CompletionHandler<Void>>map(at -> (complete, operations) -> reschedule(complete, operations, at))
                .orElse(this::remove);
    }

    /** Keeps a task that was expedited during the work: the caller that did so relies on another execution. */
    private void remove(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        var execution = complete.getExecution();
        if (!table.removeUnlessWakeRequested(execution.getId(), execution.version)) {
            reschedule(complete, operations, time.instant());
        }
    }

    /** After an exception of the work. */
    void repeat(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        var execution = complete.getExecution();
        log.error("Task failed: {} {}, it will be repeated", name, execution.getId());
        var pause = FIRST_REPEAT.multipliedBy(1L << Math.min(execution.consecutiveFailures, MAX_DOUBLINGS));
        reschedule(complete, operations, time.instant().plus(pause));
    }

    private void reschedule(ExecutionComplete complete, ExecutionOperations<Void> operations, Instant at) {
        try {
            operations.reschedule(complete, at);
            table.wakeWhereRequested(complete.getExecution().getId(), time.instant());
        } catch (ExecutionException e) {
            // Such as after a stop for longer than the lease: another process has taken it over.
            log.info("Lease lost: task {} {}, another process has taken over", name, e.getInstanceId());
        }
    }
}
