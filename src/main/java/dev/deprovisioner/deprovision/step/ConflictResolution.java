package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.GroupChange;
import java.time.Duration;
import java.util.List;

/** A change that the provider refused with a conflict, after which a read shows the group as it was. */
final class ConflictResolution {

    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

    private ConflictResolution() {}

    /** Tries the change again a few times, then ends the run with what the provider says. */
    static StepResult repeat(StepContext context, GroupChange.Conflict conflict) {
        var problem = conflict.aboutVersion() ? upstreamConflict(conflict) : dependenciesFound(conflict);
        return repeat(context, problem.correlated(conflict.correlationId()));
    }

    /** The same for a version conflict, although no version was sent. */
    static StepResult repeat(StepContext context, GroupChange.VersionConflict conflict) {
        var problem = conflict.problem();
        return repeat(
                context, new GroupChange.Conflict(conflict.code(), problem.quote(), true, problem.correlationId()));
    }

    private static StepResult repeat(StepContext context, Problem problem) {
        int earlier = context.run().current().sent().conflicts();
        context.recordConflict();
        return earlier < PAUSES.size()
                ? new StepResult.RecheckLater(problem, PAUSES.get(earlier))
                : new StepResult.Blocked(problem, List.of(), Progress.UNKNOWN);
    }

    private static Problem upstreamConflict(GroupChange.Conflict conflict) {
        return UpstreamProblems.changeConflict(conflict.code(), conflict.words());
    }

    private static Problem dependenciesFound(GroupChange.Conflict conflict) {
        return RunProblems.groupInUse(conflict.code(), conflict.words());
    }
}
