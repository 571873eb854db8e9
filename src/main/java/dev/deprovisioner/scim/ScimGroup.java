package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * A group as the provider shows it (RFC 7643, section 4.2), without its members: {@link MemberEvidence} says what is known
 * of these.
 *
 * @param id as the provider writes it, which may be in another case than it was asked for
 * @param displayName null where the provider gives none
 * @param externalId null where the provider gives none
 * @param etag its version, or null where the provider has none
 */
public record ScimGroup(
        GroupId id,
        @Nullable String displayName,
        @Nullable String externalId,
        @Nullable String etag) {

    /**
     * @param value the member's id
     * @param nested whether the member is a group itself
     */
    public record Member(MemberId value, boolean nested) {}
}
