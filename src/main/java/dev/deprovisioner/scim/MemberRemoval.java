package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.MemberId;
import java.util.List;

/**
 * One PATCH request of the removal matrix.
 *
 * @param members the members that it removes
 * @param named whether the request names them: the provider may refuse it because of one of them
 * @param onlyThem whether it removes no others from any provider: then it may be decided on an older read
 * @param body the PatchOp (RFC 7644, section 3.5.2)
 */
public record MemberRemoval(List<MemberId> members, boolean named, boolean onlyThem, String body) {

    public MemberRemoval {
        members = List.copyOf(members);
    }
}
