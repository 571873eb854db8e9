package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.upstream.MalformedResponseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The members of a group in one answer.
 *
 * @param shown the members that it lists, each once
 * @param leftOut whether it has no member list at all
 * @param stated the largest count in it; -1 where it has none
 * @param continues whether it says that a next page follows
 */
record MemberList(List<ScimGroup.Member> shown, boolean leftOut, long stated, boolean continues) {

    MemberList {
        shown = List.copyOf(shown);
    }

    /** @throws MalformedResponseException if the list, or one of its members, cannot be read */
    static MemberList of(ScimObject group) {
        var members = group.getQualified("members");
        boolean leftOut = members.isMissingNode() || members.isNull();
        var shown = leftOut ? List.<ScimGroup.Member>of() : members(members);
        return new MemberList(shown, leftOut, Completeness.stated(group), Completeness.continues(group));
    }

    /** This list, with the counts and the next page of another answer about the same group. */
    MemberList besides(MemberList other) {
        return new MemberList(shown, leftOut, Math.max(stated, other.stated), continues || other.continues);
    }

    /**
     * This list of users, completed by the group's own answer. Nested groups in that answer are members. If it lists a user
     * that this list lacks, this list is cut.
     */
    MemberList completedBy(MemberList group) {
        var users = new HashSet<>(shown);
        var nested = group.shown.stream().filter(ScimGroup.Member::nested).toList();
        boolean misses = group.shown.stream().anyMatch(member -> !member.nested() && !users.contains(member));
        var all = Stream.concat(shown.stream(), nested.stream()).toList();
        long inAll = stated < 0 ? -1 : stated + nested.size();
        return new MemberList(all, leftOut, Math.max(inAll, group.stated), continues || misses || group.continues);
    }

    /** The same, known to lack members. */
    MemberList asCut() {
        return new MemberList(shown, leftOut, stated, true);
    }

    boolean hasNested() {
        return shown.stream().anyMatch(ScimGroup.Member::nested);
    }

    /** The largest count if it is more than are listed; -1 if only a next page shows that there are more. */
    long statedBeyondShown() {
        return stated > shown.size() ? stated : -1;
    }

    /** Whether the answer itself says that there are more members than it lists. */
    boolean isCut() {
        return continues || stated > shown.size();
    }

    private static List<ScimGroup.Member> members(JsonNode list) {
        // Some providers write a list of one as its only element.
        var entries = list.isObject() ? List.of(list) : list;
        if (!list.isObject() && !list.isArray()) {
            throw new MalformedResponseException("a group whose members are no list");
        }
        var members = new LinkedHashMap<MemberId, ScimGroup.Member>();
        for (JsonNode entry : entries) {
            var member = member(new ScimObject(entry));
            // Of two entries for one id, the one that has the member checked counts.
            members.merge(member.value(), member, (first, second) -> first.nested() ? second : first);
        }
        return List.copyOf(members.values());
    }

    private static ScimGroup.Member member(ScimObject entry) {
        try {
            var id = new MemberId(entry.text("value"));
            return new ScimGroup.Member(id, NestedGroups.isGroup(entry, id));
        } catch (IllegalArgumentException e) {
            throw new MalformedResponseException("a group with a member that has no usable value");
        }
    }
}
