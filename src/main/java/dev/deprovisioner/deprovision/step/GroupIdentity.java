package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a read still shows the group that was validated; compared before every change. */
final class GroupIdentity {

    private GroupIdentity() {}

    /** @return how the step ends if it is another group, or has another name; empty if it is the same */
    static Optional<StepResult> difference(GroupSnapshot validated, GroupSnapshot now) {
        if (now.isOtherThan(validated)) {
            return Optional.of(new StepResult.Failed(anotherGroup()));
        }
        return differ(validated.displayName(), now.displayName())
                ? Optional.of(new StepResult.Changed(renamed()))
                : Optional.empty();
    }

    private static boolean differ(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !one.equals(other);
    }

    private static Problem anotherGroup() {
        return RunProblems.groupReplaced();
    }

    private static Problem renamed() {
        return RunProblems.displayNameChanged();
    }
}
