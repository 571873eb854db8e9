package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.scim.MemberEvidence;
import dev.deprovisioner.scim.NativeGroup;
import org.jspecify.annotations.Nullable;

/** The statement that a read of the group proves, for a step. */
sealed interface GroupView {

    /**
     * The group is there.
     *
     * @param id as the provider writes it
     * @param nativeGroup the group in the provider's own API; null if it is not read there
     */
    record Shown(
            GroupId id,
            ReadSnapshot snapshot,
            MemberEvidence members,
            @Nullable NativeGroup nativeGroup) implements GroupView {}

    /** The provider stated that there is no such group. */
    record Gone() implements GroupView {}

    /** Neither is proven. */
    record Unproven(Problem problem) implements GroupView {}
}
