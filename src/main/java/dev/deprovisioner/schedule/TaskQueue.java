package dev.deprovisioner.schedule;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.deprovisioner.database.AfterCommit;
import dev.deprovisioner.database.DatabaseClock;
import dev.deprovisioner.database.EmbeddedDatabase;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * A table of work that survives any crash. A task carries only an id, by which its work finds the rest. One process
 * at a time works on a task, under a lease that a heartbeat extends. An attempt that ends with an exception is repeated
 * after a pause, without a limit.
 */
public final class TaskQueue implements SmartLifecycle {

    /** The work of a task. */
    @FunctionalInterface
    public interface Work {

        /**
         * @param lease how long the id is certainly this worker's
         * @return when to go on with the same id, or empty when it is done
         */
        Optional<Instant> perform(TaskId id, Lease lease);
    }

    private static final Logger log = LoggerFactory.getLogger(TaskQueue.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(15);

    /** So many tasks of one owner are counted at most. */
    public static final int MOST_AHEAD = FairStart.COUNTED;

    /** The column {@code priority} of the tasks of owners that have few. */
    public static final int PRIORITY_OF_FEW = FairStart.MOST;

    /** A condition on the tasks that this version understands. */
    public static final String UNDERSTOOD = TaskTable.UNDERSTOOD;

    /** Names the process in its claims; one host may have several processes, and all containers the same host name. */
    private final String replica = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();

    private final String name;
    private final DataSource dataSource;
    private final DatabaseClock time;
    private final TaskTable table;
    private final CustomTask<Void> task;
    private final UnaryOperator<SchedulerBuilder> settings;
    private final ProgressWatch watch = new ProgressWatch();
    private final EarlyCheck early = new EarlyCheck(this::check);
    private volatile @Nullable Scheduler scheduler;

    /**
     * @param name the task's name; its table is {@code <name>_task}
     * @param threads how many ids are worked on at once
     * @param reserved those of the threads that work only for owners who have no task in work; empty where tasks have no
     *     owners
     * @param timing the same in every process that shares the table
     */
    public TaskQueue(
            String name,
            int threads,
            Optional<ReservedWorkers> reserved,
            LeaseTiming timing,
            DataSource dataSource,
            DatabaseClock time,
            Work work) {
        this.name = name;
        this.dataSource = dataSource;
        this.time = time;
        this.table = new TaskTable(name, dataSource);
        var completion = new TaskCompletion(name, table, time);
        this.task = Tasks.custom(name, Void.class)
                // Claims take it back, and sooner.
                .onDeadExecution((complete, operations) -> {})
                .onFailure(completion::repeat)
                .execute((instance, context) -> completion.of(perform(work, context, timing.lease())));
        this.settings = builder -> builder.threads(threads)
                .clock(new SchedulerClock(time, this::isRunning))
                .tableName(table.name())
                .schedulerName(new SchedulerName.Fixed(replica))
                .pollingInterval(timing.polling())
                .heartbeatInterval(timing.heartbeat())
                .missedHeartbeatsLimit(timing.missedHeartbeats())
                .shutdownMaxWait(SHUTDOWN)
                .jdbcCustomization(new TaskClaiming(table, reserved, timing.lease(), dataSource))
                .pollUsingLockAndFetch(0.5, 1.0)
                .executorService(new PollingExecutor(name, threads, this::check));
    }

    private Optional<Instant> perform(Work work, ExecutionContext context, Duration lease) {
        var claimed = context.getExecution();
        try (var watched = watch.begin(claimed.getId(), claimed.version)) {
            var next = work.perform(
                    new TaskId(claimed.getId()), new HeartbeatLease(context, lease, time.instant(), watched::isLost));
            next.ifPresent(at -> early.checkAt(at, time.instant()));
            return next;
        }
    }

    /** Gives up the leases of work without progress; other processes take it over when these have run out. */
    @Scheduled(fixedDelay = ProgressWatch.SECONDS_BETWEEN_LOOKS, timeUnit = TimeUnit.SECONDS)
    void giveUpStalled() {
        watch.look().forEach(stalled -> {
            stalled.loseLease();
            try {
                if (table.stopHeartbeats(stalled.id(), stalled.version())) {
                    log.error("Lease given up: task {} {}, it has made no progress for 2 minutes", name, stalled.id());
                }
            } finally {
                // Last: work that ends by it must find that it no longer owns the task.
                stalled.interrupt();
            }
        });
    }

    /** Adds a task in the caller's transaction; it is picked up at once when that commits and the time has come. */
    public void schedule(TaskId id, Instant at) {
        insert(id, at, null);
    }

    /**
     * Adds a task of an owner that must not delay others. If more tasks are due than there are workers, it comes before
     * tasks of owners with more tasks, unless these have waited for long.
     *
     * @param ahead how many tasks of the same owner are still to be done; beyond {@link #MOST_AHEAD} it does not
     *     matter
     */
    public void schedule(TaskId id, Instant at, int ahead) {
        insert(id, at, FairStart.behind(ahead));
    }

    private void insert(TaskId id, Instant at, @Nullable FairStart fairStart) {
        var now = time.instant();
        table.insert(id.value(), at, now, fairStart);
        AfterCommit.run(() -> early.checkAt(at, now));
    }

    /**
     * Brings a task forward in the caller's transaction. If a process is working on it, the task is marked as
     * expedited, and goes on at once after that work, on any process.
     */
    public void wake(TaskId id) {
        table.wake(id.value(), time.instant());
        AfterCommit.run(this::check);
    }

    /** Brings all of these tasks forward, as {@link #wake(TaskId)} does with one. */
    public void wake(Collection<TaskId> ids) {
        table.wake(ids.stream().map(TaskId::value).toList(), time.instant());
        AfterCommit.run(this::check);
    }

    /**
     * Makes a task due now, in the caller's transaction: adds it, or brings it forward. A task whose execution is just
     * ending is executed once more.
     */
    public void scheduleOrWake(TaskId id) {
        if (!table.wake(id.value(), time.instant())) {
            table.insert(id.value(), time.instant(), time.instant(), null);
        }
        AfterCommit.run(this::check);
    }

    private void check() {
        Optional.ofNullable(scheduler).ifPresent(Scheduler::triggerCheckForDueExecutions);
    }

    @Override
    public void start() {
        releaseClaims();
        var started = settings.apply(Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), task))
                .build();
        scheduler = started;
        started.start();
    }

    /** Releases what an ended process had claimed, where it can be no other that is still running. */
    private void releaseClaims() {
        int released = EmbeddedDatabase.isIn(dataSource) ? table.releaseAll() : 0;
        if (released > 0) {
            log.info("Tasks resumed: {} of {}, claimed by an earlier process", released, table.name());
        }
    }

    /** Returns tasks that were claimed but not begun, so that other processes need not wait for the end of the lease. */
    @Override
    public void stop() {
        var started = scheduler;
        scheduler = null;
        if (started != null) {
            started.stop();
            giveUp(started.getCurrentlyExecuting());
        }
    }

    private void giveUp(List<CurrentlyExecuting> inWork) {
        try {
            var ids =
                    inWork.stream().map(task -> task.getTaskInstance().getId()).toList();
            table.releaseUnstarted(replica, ids);
        } catch (DataAccessException e) {
            log.warn("Claims not released: {} until the end of the lease, {}", name, e.getMessage());
        }
    }

    /** Does not hold up the other queues, which stop at the same time. */
    @Override
    public void stop(Runnable callback) {
        Thread.ofVirtual().name(name + "-stop").start(() -> {
            try {
                stop();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }
}
