package dev.deprovisioner.deprovision;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.deprovisioner.identifier.MemberId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a group was when it was read: enough to make it anew, and no name or address of a person.
 *
 * @param etag the version that was read, null where the provider has none
 */
public record GroupSnapshot(
        @Nullable String displayName,
        @Nullable String externalId,
        List<Member> members,
        @Nullable String etag) {

    public GroupSnapshot {
        members = List.copyOf(members);
    }

    /** @param nested whether the member is a group itself */
    public record Member(MemberId value, boolean nested) {}

    @JsonIgnore
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** Whether somebody is in this group who was not in the other one. */
    public boolean hasMembersBeyond(GroupSnapshot other) {
        return !other.ids().containsAll(ids());
    }

    /** Whether both show the same version, where there are versions, and the same members. */
    public boolean isSameAs(GroupSnapshot other) {
        boolean sameVersion = etag == null || other.etag == null || etag.equals(other.etag);
        return sameVersion && ids().equals(other.ids());
    }

    /** How many members of the other one are no longer in this group. */
    public int membersGoneSince(GroupSnapshot other) {
        var now = ids();
        return (int) other.ids().stream().filter(id -> !now.contains(id)).count();
    }

    public Set<MemberId> ids() {
        return members.stream().map(Member::value).collect(Collectors.toUnmodifiableSet());
    }
}
