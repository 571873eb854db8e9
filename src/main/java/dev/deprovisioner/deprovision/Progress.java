package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The known facts of the group and its members; null while unknown.
 *
 * @param providerId the group's id as the provider writes it; null also where the caller has written the same
 * @param membersListed whether the provider has shown who is in the group
 * @param membersTotal null also where the provider does not show it
 * @param membersSource where members were read, in the word of the setting
 * @param warnings what a person should know although it stops nothing
 */
public record Progress(
        @Nullable GroupId providerId,
        @Nullable String displayName,
        @Nullable Boolean membersListed,
        @Nullable Integer membersTotal,
        @Nullable Integer membersChecked,
        @Nullable Integer membersRemoved,
        @Nullable String membersSource,
        List<Warning> warnings) {

    public static final Progress UNKNOWN = new Progress(null, null, null, null, null);

    public Progress {
        warnings = List.copyOf(warnings);
    }

    public Progress(
            @Nullable String displayName,
            @Nullable Boolean membersListed,
            @Nullable Integer membersTotal,
            @Nullable Integer membersChecked,
            @Nullable Integer membersRemoved) {
        this(null, displayName, membersListed, membersTotal, membersChecked, membersRemoved, null, List.of());
    }

    /** The facts that the first read of a group shows. */
    public static Progress seen(GroupSnapshot group, @Nullable Integer checked) {
        return seen(group, checked, List.of());
    }

    /** The same with the warnings of the dependency checks. */
    public static Progress seen(GroupSnapshot group, @Nullable Integer checked, List<Warning> found) {
        return UNKNOWN.read(group, total(group), checked, found);
    }

    private static boolean isListed(GroupSnapshot group) {
        return group.listing() == GroupSnapshot.Listing.COMPLETE;
    }

    private static @Nullable Integer total(GroupSnapshot group) {
        return isListed(group) ? group.members().size() : null;
    }

    Progress validated(GroupSnapshot group, int checked, List<Warning> found) {
        var shown = total(group);
        // Members who were removed before the group was validated again still count.
        var total = shown == null ? null : shown + (membersRemoved == null ? 0 : membersRemoved);
        return read(group, total, isListed(group) ? checked : null, found);
    }

    private Progress read(
            GroupSnapshot group, @Nullable Integer total, @Nullable Integer checked, List<Warning> found) {
        return new Progress(
                providerId,
                group.displayName(),
                isListed(group),
                total,
                checked,
                membersRemoved,
                group.membersSource(),
                Warning.of(group, warnings, found));
    }

    Progress spelled(@Nullable GroupId id) {
        return new Progress(
                id, displayName, membersListed, membersTotal, membersChecked, membersRemoved, membersSource, warnings);
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
                        membersRemoved,
                        look.membersSource(),
                        look.warnings());
    }

    Progress removed(int members) {
        return new Progress(
                providerId,
                displayName,
                membersListed,
                membersTotal,
                membersChecked,
                members + (membersRemoved == null ? 0 : membersRemoved),
                membersSource,
                warnings);
    }

    /** Whether members may have been in the group that no read has shown. */
    public boolean hasUnlistedMembers() {
        return Boolean.FALSE.equals(membersListed);
    }
}
