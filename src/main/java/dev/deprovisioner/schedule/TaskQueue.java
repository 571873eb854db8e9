package dev.deprovisioner.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A table of work that survives any crash. A task carries only an id; what is to be done is found by it. Each task is
 * worked on by one process at a time, under a lease of 20 s that a heartbeat extends; an attempt that ends with an
 * exception is repeated after a while, as long as it takes.
 */
public final class TaskQueue implements SmartLifecycle {

    /** What a task does. */
    @FunctionalInterface
    public interface Work {

        /** @return when to go on with the same id, or empty when it is done */
        Optional<Instant> perform(String id);
    }

    private static final Logger log = LoggerFactory.getLogger(TaskQueue.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration SHUTDOWN = Duration.ofSeconds(20);
    private static final Duration FIRST_REPEAT = Duration.ofSeconds(2);
    private static final int MAX_DOUBLINGS = 7;

    private final String name;
    private final CustomTask<Void> task;
    private final Scheduler scheduler;
    private final EmbeddedDatabase embedded;
    private final Clock clock;
    private volatile boolean running;

    /**
     * @param name the task's name; its table is {@code <name>_task}
     * @param threads how many ids are worked on at once
     */
    public TaskQueue(String name, int threads, DataSource dataSource, Clock clock, Work work) {
        this.name = name;
        this.clock = clock;
        this.embedded = new EmbeddedDatabase(dataSource);
        this.task = Tasks.custom(name, Void.class)
                .onDeadExecutionRevive()
                .onFailure(this::repeat)
                .execute((instance, context) -> completion(work.perform(instance.getId())));
        this.scheduler = Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), task)
                .clock(clock::instant)
                .tableName(table())
                .threads(threads)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(name + "-", 0).factory()))
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(SHUTDOWN)
                .build();
    }

    /** Adds a task in the caller's transaction; it is picked up at once when that commits and the time has come. */
    public void schedule(String id, Instant at) {
        scheduler.schedule(task.instance(id), at);
        checkAfterCommit();
    }

    /** Brings a waiting task forward in the caller's transaction; one that is being worked on is left alone. */
    public void expedite(String id) {
        try {
            scheduler.reschedule(TaskInstanceId.of(name, id), clock.instant());
            checkAfterCommit();
        } catch (TaskInstanceException e) {
            log.debug("Task {} {} is not waiting", name, id);
        }
    }

    private void checkAfterCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (running) {
                    scheduler.triggerCheckForDueExecutions();
                }
            }
        });
    }

    private CompletionHandler<Void> completion(Optional<Instant> next) {
        return next.<CompletionHandler<Void>>map(at -> (complete, operations) -> operations.reschedule(complete, at))
                .orElse((complete, operations) -> operations.remove());
    }

    private void repeat(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        int failures = complete.getExecution().consecutiveFailures;
        var pause = FIRST_REPEAT.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        operations.reschedule(complete, clock.instant().plus(pause));
    }

    private String table() {
        return name + "_task";
    }

    @Override
    public void start() {
        embedded.releaseClaims(table());
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
