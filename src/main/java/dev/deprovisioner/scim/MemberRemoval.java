package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.MemberId;
import java.util.List;

/**
 * One PATCH request of the removal matrix.
 *
 * @param members the members that it removes
 * @param byName whether the request names them, and cannot remove others
 * @param body the PatchOp (RFC 7644, section 3.5.2)
 */
public record MemberRemoval(List<MemberId> members, boolean byName, String body) {

    public MemberRemoval {
        members = List.copyOf(members);
    }
}
