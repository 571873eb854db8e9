package dev.deprovisioner.deprovision;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the group and its members; null while it is not.
 *
 * @param membersListed whether the provider has shown who is in the group
 * @param membersTotal null also where the provider does not show it
 */
public record Progress(
        @Nullable String displayName,
        @Nullable Boolean membersListed,
        @Nullable Integer membersTotal,
        @Nullable Integer membersChecked,
        @Nullable Integer membersRemoved) {

    public static final Progress UNKNOWN = new Progress(null, null, null, null, null);

    /** What a first look at a group shows. */
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
                group.displayName(), isListed(group), total, isListed(group) ? checked : null, membersRemoved);
    }

    /** What a look that ended in a refusal adds. */
    Progress found(Progress look) {
        return look.equals(UNKNOWN)
                ? this
                : new Progress(
                        look.displayName(),
                        look.membersListed(),
                        look.membersTotal(),
                        look.membersChecked(),
                        membersRemoved);
    }

    Progress removed(int members) {
        return new Progress(
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
