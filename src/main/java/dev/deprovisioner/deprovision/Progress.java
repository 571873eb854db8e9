package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * The known facts of the group and its members; null while unknown.
 *
 * @param providerId the provider's spelling of the group id; null also if the caller used the same
 * @param membersListed whether the provider has shown the members
 * @param membersTotal null also if the provider does not show the members
 */
public record Progress(
        @Nullable GroupId providerId,
        @Nullable String displayName,
        @Nullable Boolean membersListed,
        @Nullable Integer membersTotal,
        @Nullable Integer membersChecked,
        @Nullable Integer membersRemoved) {

    public static final Progress UNKNOWN = new Progress(null, null, null, null, null);

    public Progress(
            @Nullable String displayName,
            @Nullable Boolean membersListed,
            @Nullable Integer membersTotal,
            @Nullable Integer membersChecked,
            @Nullable Integer membersRemoved) {
        this(null, displayName, membersListed, membersTotal, membersChecked, membersRemoved);
    }

    /** The facts that the first read of a group shows. */
    public static Progress seen(GroupSnapshot group, @Nullable Integer checked) {
        return new Progress(group.displayName(), isListed(group), total(group), checked, null);
    }

    private static boolean isListed(GroupSnapshot group) {
        return group.listing() == GroupSnapshot.Listing.COMPLETE;
    }

    private static @Nullable Integer total(GroupSnapshot group) {
        return isListed(group) ? group.members().size() : null;
    }

    Progress validated(GroupSnapshot group, int checked) {
        var shown = total(group);
        // Members who were removed before the group was validated again still count.
        var total = shown == null ? null : shown + (membersRemoved == null ? 0 : membersRemoved);
        return new Progress(
                providerId,
                group.displayName(),
                isListed(group),
                total,
                isListed(group) ? checked : null,
                membersRemoved);
    }

    Progress spelled(@Nullable GroupId id) {
        return new Progress(id, displayName, membersListed, membersTotal, membersChecked, membersRemoved);
    }

    /** Adds the facts of a read that ended in a refusal. */
    Progress found(Progress look) {
        return look.equals(UNKNOWN)
                ? this
                : new Progress(
                        providerId,
                        look.displayName(),
                        look.membersListed(),
                        look.membersTotal(),
                        look.membersChecked(),
                        membersRemoved);
    }

    Progress removed(int members) {
        return new Progress(
                providerId,
                displayName,
                membersListed,
                membersTotal,
                membersChecked,
                members + (membersRemoved == null ? 0 : membersRemoved));
    }

    /** Whether members may have been in the group that no read has shown. */
    public boolean hasUnlistedMembers() {
        return Boolean.FALSE.equals(membersListed);
    }
}
