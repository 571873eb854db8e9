package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.StepResult;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupChange;
import java.util.List;
import java.util.Optional;

/** What a 409 means, which a second look at the group tells. */
final class Conflicts {

    private Conflicts() {}

    /**
     * @param now the group as it is after the refusal
     * @param decidedOn the group as it was when the request was decided
     * @param ifGone what it means if there is no group any more
     */
    static StepResult settled(
            Optional<GroupSnapshot> now, GroupSnapshot decidedOn, GroupChange.Conflict conflict, Outcome ifGone) {
        if (now.isEmpty()) {
            return new StepResult.Gone(ifGone);
        }
        return now.get().isSameAs(decidedOn)
                ? new StepResult.Blocked(dependenciesFound(conflict), List.of(), Progress.UNKNOWN)
                : new StepResult.Changed(changed(conflict), 0);
    }

    private static Problem dependenciesFound(GroupChange.Conflict conflict) {
        return new Problem(
                ProblemType.DEPENDENCIES_FOUND,
                "The provider refuses because something depends on the group (" + conflict.code() + ").",
                "Reassign users with active routing assignments or queue memberships to another queue, then post"
                        + " again.",
                conflict.words());
    }

    private static Problem changed(GroupChange.Conflict conflict) {
        return new Problem(
                ProblemType.GROUP_CHANGED,
                "Somebody else changed the group meanwhile (" + conflict.code() + ").",
                "Find out what else changes the group, stop it, and post again.",
                conflict.words());
    }
}
