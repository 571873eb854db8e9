package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ResourceProblems;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Ends a run that cannot go on after it has changed the group, and releases the group. */
@Component
public class RunAbandonment {

    private final Deprovisions runs;
    private final TaskQueue queue;
    private final StepAudit steps;
    private final DecisionAudit decisions;
    private final ConflictRetry conflicts;
    private final InstantSource clock;

    RunAbandonment(
            Deprovisions runs,
            @Qualifier("deprovisionQueue") TaskQueue queue,
            StepAudit steps,
            DecisionAudit decisions,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.runs = runs;
        this.queue = queue;
        this.steps = steps;
        this.decisions = decisions;
        this.conflicts = new ConflictRetry(transactions);
        this.clock = clock;
    }

    /**
     * Ends the active run of a group with {@code FAILED}. A process that works on it can save nothing more, and sends no further
     * change: it checks the stored version before each one. A change that it is just sending may still have its effect.
     *
     * @param reason why the operator gives the run up, or null
     * @param required is called with the very run that would end; its exception leaves the run as it is
     * @throws ProblemException if there is no run, or it has ended, or changed nothing, or only a newer version understands it
     */
    public Deprovision abandon(GroupId group, @Nullable String reason, Caller by, Consumer<Run> required) {
        return conflicts.decide(group, () -> abandonLatest(group, reason, by, required));
    }

    private Deprovision abandonLatest(GroupId group, @Nullable String reason, Caller by, Consumer<Run> required) {
        var found = runs.latest(group).orElseThrow(() -> new ProblemException(ResourceProblems.runNeverRequested()));
        required.accept(found);
        if (!(found instanceof Deprovision active && !active.isTerminal() && active.hasChangeIntent())) {
            throw new ProblemException(refusal(found));
        }
        MDC.put("deprovisionId", active.id().toString());
        var ended = runs.save(active.abandoned(clock.instant()));
        steps.record(active, ended, null);
        decisions.recordAbandonment(active, ended, by, reason);
        queue.wake(new TaskId(ended.id().toString()));
        return ended;
    }

    private static Problem refusal(Run run) {
        if (run.isTerminal()) {
            return ResourceProblems.runEnded(run.recorded().status());
        }
        return switch (run) {
            case Deprovision unchanged -> ResourceProblems.runChangedNothing();
            case NewerRun newer -> ResourceProblems.runOfNewerVersion();
        };
    }
}
