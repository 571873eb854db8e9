package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ResourceProblems;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.tracing.TraceContinuation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The only entry point for the removal of a group. */
@Component
public class DeprovisionService {

    private final Deprovisions runs;
    private final Idempotency idempotency;
    private final TaskQueue queue;
    private final DecisionAudit decisions;
    private final RunCompletions completions;
    private final TraceContinuation traces;
    private final ConflictRetry conflicts;
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
        this.conflicts = new ConflictRetry(transactions);
        this.clock = clock;
    }

    /**
     * Accepts a request. When this returns, the run is committed, and reaches a terminal state even if this process
     * crashes. If a run of the group is active, it is returned. It resumes at once if it was waiting, unless only a
     * newer version understands it. After a success, that run is returned, unless the command asks for a new run. A
     * repetition under the same key gets the run of the first request in its current state.
     *
     * <p>A caller that the group's id does not show to be allowed to manage it gets a run of its own, which holds the
     * group only after a read has shown its name: it stops no other caller.
     *
     * @throws ProblemException if the group has an active run with another {@code notBefore}, or the key was sent
     *     with another group or body before, or the caller has too many active runs; then nothing is changed or stored
     */
    public Run request(GroupId group, DeprovisionCommand command, RequestAccess access) {
        return conflicts.decide(group, () -> {
            var earlier = idempotency.earlier(group, command);
            earlier.ifPresent(access::requireVisible);
            return earlier.orElseGet(() -> idempotency.remember(group, command, accept(group, command, access)));
        });
    }

    private Run accept(GroupId group, DeprovisionCommand command, RequestAccess access) {
        var spelling = runs.spelling(group);
        var latest = latest(spelling, command, access).orElse(null);
        if (latest != null && !latest.isTerminal()) {
            requireSame(latest, command);
            return wake(latest);
        }
        return latest != null && hasSucceeded(latest) && !command.again() ? latest : start(spelling, command, access);
    }

    /** Runs of other callers that do not hold the group do not count. */
    private Optional<Run> latest(GroupSpelling group, DeprovisionCommand command, RequestAccess access) {
        return runs.awaiting(group, command.by())
                .or(() -> runs.latestHeld(group).filter(access::shows));
    }

    private Deprovision start(GroupSpelling group, DeprovisionCommand command, RequestAccess access) {
        int ahead = runs.countActive(command.by(), Math.max(TaskQueue.MOST_AHEAD, access.mostActiveRuns()));
        access.requireRoom(ahead);
        var now = clock.instant();
        var run = Deprovision.requested(group.asked(), command.request(now), access.manages())
                .spelled(group.providers());
        MDC.put("deprovisionId", run.id().toString());
        runs.insert(run);
        traces.current().ifPresent(origin -> runs.keepTraceparent(run.id(), origin));
        decisions.record(run, Action.REQUEST, command.by());
        queue.schedule(task(run), Objects.requireNonNullElse(run.timeline().nextAttemptAt(), now), ahead);
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
     * Cancels the latest run of a group, if it has changed nothing yet. Cancelling it again is harmless. If the caller may
     * not see that run, the latest that it has requested itself counts.
     *
     * @param by the caller that cancels it
     * @param visible whether the caller may see a run; no other run is cancelled or returned
     * @throws ProblemException if there is no run, or none that this version and this caller can cancel
     */
    public Deprovision cancel(GroupId group, Caller by, Predicate<Run> visible) {
        return conflicts.decide(group, () -> cancelLatest(group, by, visible));
    }

    private Deprovision cancelLatest(GroupId group, Caller by, Predicate<Run> visible) {
        var spelling = runs.spelling(group);
        var latest = runs.awaiting(spelling, by)
                .or(() -> runs.latest(spelling))
                .orElseThrow(() -> new ProblemException(ResourceProblems.runNeverRequested()));
        return cancel(visible.test(latest) ? latest : own(group, by, visible), by);
    }

    private Run own(GroupId group, Caller by, Predicate<Run> visible) {
        return runs.latestBy(by, group)
                .filter(visible)
                .orElseThrow(() -> new ProblemException(CallerProblems.groupNotAllowed()));
    }

    private Deprovision cancel(Run found, Caller by) {
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
        decisions.recordCancellation(latest, run, by);
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

    /**
     * Waits for the end of a run, and returns the run as it is then. Returns at once where nothing can end it in time, or
     * where this caller waits too often already.
     */
    public Run await(Run run, Caller caller, Duration atMost) {
        return run.isTerminal() || !atMost.isPositive() ? run : completions.await(run, caller, atMost);
    }
}
