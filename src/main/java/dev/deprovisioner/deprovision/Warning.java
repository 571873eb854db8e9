package dev.deprovisioner.deprovision;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person should know of a run although it stops nothing.
 *
 * @param type {@code nested-group}, {@code more-nested-groups}, {@code members-not-seen}, or that of a dependency check, such
 *     as {@code mailbox-messages}; other versions have others
 * @param reference the provider's id of what it is about; none if it is about the group itself
 * @param detail what was found, without names of persons
 */
public record Warning(String type, @Nullable String reference, String detail) {

    /** So many nested groups are named, so that a row stays small; the snapshot has all. */
    static final int MOST_NAMED = 100;

    /**
     * What a validation of a group has found, after what an earlier one of the same run has.
     *
     * @param checks what the dependency checks warn of
     */
    static List<Warning> of(GroupSnapshot group, List<Warning> before, List<Warning> checks) {
        return Stream.of(before.stream(), nestedGroups(group), unseen(group), checks.stream())
                .flatMap(warnings -> warnings)
                .distinct()
                .toList();
    }

    private static Stream<Warning> nestedGroups(GroupSnapshot group) {
        var nested =
                group.members().stream().filter(GroupSnapshot.Member::nested).toList();
        var named = nested.stream().limit(MOST_NAMED).map(Warning::nestedGroup);
        int more = nested.size() - MOST_NAMED;
        return more > 0 ? Stream.concat(named, Stream.of(moreNestedGroups(more))) : named;
    }

    private static Warning nestedGroup(GroupSnapshot.Member member) {
        var id = member.value().value();
        return new Warning(
                "nested-group",
                id,
                "Group " + id
                        + " is a member of the group. Its own members lose what they have through the group, and they"
                        + " were not checked.");
    }

    private static Warning moreNestedGroups(int more) {
        return new Warning("more-nested-groups", null, "Further members that are groups: " + more + ".");
    }

    private static Stream<Warning> unseen(GroupSnapshot group) {
        return switch (group.listing()) {
            case NONE ->
                Stream.of(new Warning(
                        "members-not-seen",
                        null,
                        "The provider does not show the members of the group. No member was checked or removed; a"
                                + " deletion ends the memberships that there are."));
            case COMPLETE, PARTIAL -> Stream.empty();
        };
    }
}
