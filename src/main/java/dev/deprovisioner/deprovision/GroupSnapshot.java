package dev.deprovisioner.deprovision;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.deprovisioner.identifier.MemberId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A group as it was read: enough to create it again, without the name or address of a person.
 *
 * @param members those who were shown
 * @param etag the version that was read, null where the provider has none
 * @param listing how far the members can be relied on
 * @param membersSource where the members were read, in the word of the setting; null in snapshots of before, which are from
 *     the group itself
 * @param settings those under which it was read; null in snapshots of before
 */
public record GroupSnapshot(
        @Nullable String displayName,
        @Nullable String externalId,
        List<Member> members,
        @Nullable String etag,
        Listing listing,
        @Nullable String membersSource,
        @Nullable Settings settings) {

    public GroupSnapshot(
            @Nullable String displayName,
            @Nullable String externalId,
            List<Member> members,
            @Nullable String etag,
            @Nullable Listing listing,
            @Nullable String membersSource,
            @Nullable Settings settings) {
        this.displayName = displayName;
        this.externalId = externalId;
        this.members = List.copyOf(members);
        this.etag = etag;
        this.listing = Objects.requireNonNullElse(listing, Listing.COMPLETE);
        this.membersSource = membersSource;
        this.settings = settings;
    }

    /**
     * Fingerprints of settings.
     *
     * @param provider of those that say which API is asked, and as which client
     * @param listing of these, and of those that say where members are read
     */
    public record Settings(String provider, String listing) {}

    /** Whether it shows a member, read as members are read now. */
    public boolean listsMembersUnder(Settings now) {
        return listing == Listing.COMPLETE
                && !members.isEmpty()
                && settings != null
                && settings.listing().equals(now.listing());
    }

    /** Whether it was certainly read at another API or as another client: then no answer of now is about this group. */
    public boolean isFromOtherProvider(Settings now) {
        return settings != null && !settings.provider().equals(now.provider());
    }

    /** @param nested whether the member is a group itself */
    public record Member(MemberId value, boolean nested) {}

    /** How far a read shows who is in a group. */
    public enum Listing {
        /** Every member. */
        COMPLETE,
        /** Some members; there are more. */
        PARTIAL,
        /** None, and nothing proves that the provider shows any: the group may have members all the same. */
        NONE
    }

    /** Whether the group certainly has no members. */
    @JsonIgnore
    public boolean isEmpty() {
        return switch (listing) {
            case COMPLETE -> members.isEmpty();
            case PARTIAL, NONE -> false;
        };
    }

    /** Whether the external ids of both are known and differ: another group has the same id. */
    public boolean isOtherThan(GroupSnapshot other) {
        return externalId != null && other.externalId != null && !externalId.equals(other.externalId);
    }

    /** Whether this group shows a member who was not in the other one. */
    public boolean hasMembersBeyond(GroupSnapshot other) {
        return !other.ids().containsAll(ids());
    }

    /** Whether both show the same members, as far as both were listed. */
    public boolean hasSameMembersAs(GroupSnapshot other) {
        return listing == other.listing && ids().equals(other.ids());
    }

    /** Whether the version is another one; not where one of the two has none. */
    public boolean hasOtherVersionThan(GroupSnapshot other) {
        return etag != null && other.etag != null && !etag.equals(other.etag);
    }

    /** The members of the other one who are certainly no longer in this group. */
    public Set<MemberId> goneSince(GroupSnapshot other) {
        var now = ids();
        return switch (listing) {
            case COMPLETE ->
                other.ids().stream().filter(id -> !now.contains(id)).collect(Collectors.toSet());
            case PARTIAL, NONE -> Set.of();
        };
    }

    public Set<MemberId> ids() {
        return members.stream().map(Member::value).collect(Collectors.toUnmodifiableSet());
    }
}
