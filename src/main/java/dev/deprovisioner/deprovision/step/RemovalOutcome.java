package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import java.util.Optional;

/** Interprets a read of the group during the removal of its members. */
final class RemovalOutcome {

    private RemovalOutcome() {}

    /** @return how the step ends; empty while validated members are left to remove */
    static Optional<StepResult> of(GroupSnapshot validated, ReadSnapshot seen) {
        var group = seen.group();
        var difference = GroupIdentity.difference(validated, group);
        if (difference.isPresent()) {
            return difference;
        }
        if (group.hasMembersBeyond(validated)) {
            return Optional.of(new StepResult.Changed(membersJoined()));
        }
        return switch (group.listing()) {
            case COMPLETE -> group.isEmpty() ? Optional.of(new StepResult.Emptied(seen)) : Optional.empty();
            case PARTIAL -> Optional.empty();
            case NONE -> Optional.of(new StepResult.Changed(noLongerListed()));
        };
    }

    private static Problem membersJoined() {
        return RunProblems.membersJoined();
    }

    private static Problem noLongerListed() {
        return MemberProblems.membersNoLongerListed();
    }
}
