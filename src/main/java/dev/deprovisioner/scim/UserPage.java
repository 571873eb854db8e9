package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.upstream.MalformedResponseException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One page of the users in a group (RFC 7644, section 3.4.2; RFC 9865).
 *
 * @param users in the provider's order, each as often as it is listed
 * @param total how many users there are on all pages; -1 where the page does not say
 * @param itemsPerPage how many are on a page; -1 where it does not say
 * @param startIndex the place of the first one, counted from 1; -1 where it does not say
 * @param nextCursor of the next page; empty if there is none
 * @param saysMore whether it speaks of a next page in another way than SCIM does
 */
record UserPage(List<User> users, long total, long itemsPerPage, long startIndex, String nextCursor, boolean saysMore) {

    private static final int MAX_CURSOR = 4096;

    UserPage {
        users = List.copyOf(users);
    }

    /** What a user's own list of groups says of the membership. */
    enum Membership {
        /** It names the group, or the user has no such list. */
        MEMBER,
        /** It names the group only as one that another group is in (RFC 7643, section 4.1.2). */
        INDIRECT,
        /** It does not name the group: the provider did not filter by it. */
        NONE
    }

    record User(MemberId id, Membership membership) {}

    /** @throws MalformedResponseException if it cannot be read */
    static UserPage of(ScimObject page, GroupId group) {
        var cursor = page.text("nextCursor");
        if (cursor.length() > MAX_CURSOR) {
            throw new MalformedResponseException("a page of users with a cursor of over " + MAX_CURSOR + " characters");
        }
        requireList(page);
        return new UserPage(
                resources(page).map(user -> user(user, group)).toList(),
                Completeness.number(page.get("totalResults")),
                Completeness.number(page.get("itemsPerPage")),
                Completeness.number(page.get("startIndex")),
                cursor,
                cursor.isBlank() && Completeness.hasNextPage(page));
    }

    /** Only a page that says by a count that it is empty may have no list: else any other JSON would end a list. */
    private static void requireList(ScimObject page) {
        boolean counted = Completeness.number(page.get("totalResults")) >= 0
                || Completeness.number(page.get("itemsPerPage")) == 0;
        var resources = page.get("Resources");
        if (!counted && (resources.isMissingNode() || resources.isNull())) {
            throw new MalformedResponseException("a page of users without a list");
        }
    }

    /** @throws MalformedResponseException if they are no list */
    static Stream<ScimObject> resources(ScimObject page) {
        var resources = page.get("Resources");
        if (resources.isMissingNode() || resources.isNull()) {
            return Stream.empty();
        }
        if (!resources.isArray() && !resources.isObject()) {
            throw new MalformedResponseException("a page of users that is no list");
        }
        return elements(resources).map(ScimObject::new);
    }

    private static User user(ScimObject user, GroupId group) {
        try {
            return new User(new MemberId(user.text("id")), membership(user.get("groups"), group));
        } catch (IllegalArgumentException e) {
            throw new MalformedResponseException("a page of users with one that has no usable id");
        }
    }

    private static Membership membership(JsonNode groups, GroupId group) {
        var named = elements(groups).map(ScimObject::new).toList();
        var these = named.stream()
                .filter(one -> one.text("value").equalsIgnoreCase(group.value()))
                .toList();
        if (these.isEmpty()) {
            return named.isEmpty() ? Membership.MEMBER : Membership.NONE;
        }
        return these.stream().allMatch(one -> one.text("type").equalsIgnoreCase("indirect"))
                ? Membership.INDIRECT
                : Membership.MEMBER;
    }

    /** Some providers write a list of one as its only element. */
    private static Stream<JsonNode> elements(JsonNode list) {
        return list.isObject() ? Stream.of(list) : list.valueStream();
    }
}
