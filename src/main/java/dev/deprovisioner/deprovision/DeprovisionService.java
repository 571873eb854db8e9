package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ResourceProblems;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.tracing.TraceContinuation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The only entry point for the removal of a group. */
@Component
public class DeprovisionService {

    private static final int MAX_CONFLICT_RETRIES = 19;

    private final Deprovisions runs;
    private final Idempotency idempotency;
    private final TaskQueue queue;
    private final DecisionAudit decisions;
    private final RunCompletions completions;
    private final TraceContinuation traces;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    DeprovisionService(
            Deprovisions runs,
            Idempotency idempotency,
            @Qualifier("deprovisionQueue") TaskQueue queue,
            DecisionAudit decisions,
            RunCompletions completions,
            TraceContinuation traces,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.runs = runs;
        this.idempotency = idempotency;
        this.queue = queue;
        this.decisions = decisions;
        this.completions = completions;
        this.traces = traces;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Accepts a request. When this returns, the run is committed, and reaches a terminal state even if this process
     * crashes. If a run of the group is active, it is returned. It resumes at once if it was waiting, unless only a
     * newer version understands it. After a success, that run is returned, unless the command asks for a new run. A
     * repetition under the same key gets the run of the first request in its current state.
     *
     * @param access throws if the caller is not allowed to see an earlier run; then nothing is changed or stored
     * @throws ProblemException if the group has an active run with another {@code notBefore}, or the key was sent
     *     with another group or body before
     */
    public Run request(GroupId group, DeprovisionCommand command, Consumer<Run> access) {
        return retryOnConflict(group, () -> {
            var earlier = idempotency.earlier(group, command);
            earlier.ifPresent(access);
            return earlier.orElseGet(() -> idempotency.remember(group, command, accept(group, command, access)));
        });
    }

    private Run accept(GroupId group, DeprovisionCommand command, Consumer<Run> access) {
        var latest = runs.latest(group).orElse(null);
        if (latest != null && !latest.isTerminal()) {
            access.accept(latest);
            requireSame(latest, command);
            return wake(latest);
        }
        if (latest != null && hasSucceeded(latest) && !command.again()) {
            access.accept(latest);
            return latest;
        }
        var now = clock.instant();
        var run = Deprovision.requested(
                        group,
                        new RunRequest(command.by(), command.onBehalfOf(), now, command.reason(), command.notBefore()))
                .spelled(runs.spelling(group));
        MDC.put("deprovisionId", run.id().toString());
        int ahead = runs.countActive(command.by(), TaskQueue.MOST_AHEAD);
        runs.insert(run);
        traces.current().ifPresent(origin -> runs.keepTraceparent(run.id(), origin));
        decisions.record(run, Action.REQUEST, command.by());
        queue.schedule(task(run), Objects.requireNonNullElse(command.notBefore(), now), ahead);
        return run;
    }

    private static TaskId task(Run run) {
        return new TaskId(run.id().toString());
    }

    private static boolean hasSucceeded(Run ended) {
        return switch (ended) {
            case Deprovision run -> run.verdict().outcome() != null;
            case NewerRun run -> run.hasSucceeded();
        };
    }

    private static void requireSame(Run active, DeprovisionCommand command) {
        var other = command.notBefore();
        if (other != null && !other.equals(active.request().notBefore())) {
            throw new ProblemException(ResourceProblems.startDiffers());
        }
    }

    /**
     * Of several concurrent requests, only the first saves the run: each further save would make the others conflict
     * again.
     */
    private Run wake(Run found) {
        if (!(found instanceof Deprovision active && active.status() == Status.WAITING)) {
            return found;
        }
        var now = clock.instant();
        var woken = active.timeline().isDue(now) ? active : runs.save(active.woken(now));
        queue.wake(task(woken));
        return woken;
    }

    /**
     * Cancels the latest run of a group, if it has changed nothing yet. Cancelling it again is harmless.
     *
     * @param by the caller that cancels it
     * @throws ProblemException if there is no run, or none that this version can cancel
     */
    public Deprovision cancel(GroupId group, Caller by) {
        return retryOnConflict(group, () -> cancelLatest(group, by));
    }

    private Deprovision cancelLatest(GroupId group, Caller by) {
        var found = runs.latest(group).orElseThrow(() -> new ProblemException(ResourceProblems.runNeverRequested()));
        if (!(found instanceof Deprovision latest)) {
            throw new ProblemException(notCancellable(found));
        }
        if (latest.status() == Status.CANCELLED) {
            return latest;
        }
        if (latest.isTerminal() || latest.steps().intents() > 0) {
            throw new ProblemException(notCancellable(latest));
        }
        // A process that works on the run finds at its next save, before any destructive request, that it has ended.
        MDC.put("deprovisionId", latest.id().toString());
        var run = runs.save(latest.cancelled(clock.instant()));
        decisions.recordEnd(latest, run, Action.CANCEL, by);
        queue.wake(task(run));
        return run;
    }

    private static Problem notCancellable(Run run) {
        return run.isTerminal()
                ? ResourceProblems.runEnded(run.recorded().status())
                : switch (run) {
                    case Deprovision known ->
                        ResourceProblems.runChangesGroup(known.step().name());
                    case NewerRun newer -> ResourceProblems.runOfNewerVersion();
                };
    }

    private <R extends Run> R retryOnConflict(GroupId group, Supplier<R> decision) {
        for (int retries = 0; ; retries++) {
            try (var name = MDC.putCloseable("groupId", group.value())) {
                return Objects.requireNonNull(transactions.execute(status -> decision.get()));
            } catch (DataIntegrityViolationException | OptimisticLockingFailureException e) {
                // Another transaction was faster: it has inserted the run or the key, saved the run, or purged it.
                if (retries == MAX_CONFLICT_RETRIES) {
                    throw e;
                }
            } finally {
                MDC.remove("deprovisionId");
            }
        }
    }

    /**
     * Waits for the end of a run, and returns the run as it is then. Returns at once where nothing can end it in time, or
     * where this caller waits too often already.
     */
    public Run await(Run run, Caller caller, Duration atMost) {
        return run.isTerminal() || !atMost.isPositive() ? run : completions.await(run, caller, atMost);
    }
}
