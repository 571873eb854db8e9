package dev.deprovisioner.deprovision;

import org.jspecify.annotations.Nullable;

/** What is known of the group and its members; null while it is not. */
public record Progress(
        @Nullable String displayName,
        @Nullable Integer membersTotal,
        @Nullable Integer membersChecked,
        @Nullable Integer membersRemoved) {

    public static final Progress UNKNOWN = new Progress(null, null, null, null);

    /** What a first look at a group shows. */
    public static Progress seen(GroupSnapshot group, @Nullable Integer checked) {
        return new Progress(group.displayName(), group.members().size(), checked, null);
    }

    Progress validated(GroupSnapshot group, int checked) {
        // Members who were removed before the group was validated anew still count.
        int total = group.members().size() + (membersRemoved == null ? 0 : membersRemoved);
        return new Progress(group.displayName(), total, checked, membersRemoved);
    }

    /** What a look that ended in a refusal adds. */
    Progress found(Progress look) {
        return look.equals(UNKNOWN)
                ? this
                : new Progress(look.displayName(), look.membersTotal(), look.membersChecked(), membersRemoved);
    }

    Progress removed(int members) {
        return new Progress(
                displayName, membersTotal, membersChecked, members + (membersRemoved == null ? 0 : membersRemoved));
    }
}
