package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.MemberId;
import java.util.List;

/**
 * One PATCH request of the removal matrix.
 *
 * @param members whom it removes
 * @param body the PatchOp (RFC 7644, section 3.5.2)
 */
public record MemberRemoval(List<MemberId> members, String body) {

    public MemberRemoval {
        members = List.copyOf(members);
    }
}
