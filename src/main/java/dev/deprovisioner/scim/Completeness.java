package dev.deprovisioner.scim;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The closed list of attributes by which a group says that it has more members than it lists. */
final class Completeness {

    private static final String TOTAL = "totalResults";
    private static final List<String> COUNTS = List.of(
            TOTAL,
            "count",
            "total",
            "totalCount",
            "memberCount",
            "member_count",
            "membersCount",
            "members_count",
            "memberTotal",
            "membersTotal",
            "totalMembers",
            "numberOfMembers",
            "membersSize",
            "@odata.count",
            "members@odata.count");
    private static final List<String> NEXT_PAGES = List.of(
            "next",
            "nextCursor",
            "next_cursor",
            "nextLink",
            "nextPage",
            "next_page",
            "nextPageToken",
            "next_page_token",
            "nextUri",
            "hasMore",
            "has_more",
            "hasNext",
            "truncated",
            "isTruncated",
            "@odata.nextLink",
            "members@odata.nextLink");

    private static final Pattern LEADING_DIGITS = Pattern.compile("\\d{1,18}");

    private Completeness() {}

    /** The largest count of members; -1 where there is none. */
    static long stated(ScimObject group) {
        return places(group)
                .flatMap(place -> COUNTS.stream().map(place::get))
                .mapToLong(Completeness::number)
                .max()
                .orElse(-1);
    }

    /** Whether there is a cursor to a next page, or a page that is smaller than the whole. */
    static boolean continues(ScimObject group) {
        long page = number(group.get("itemsPerPage"));
        return (page >= 0 && page < number(group.get(TOTAL)))
                || number(group.get("startIndex")) > 1
                || hasNextPage(group);
    }

    /** Whether there is a cursor or a link to a next page. */
    static boolean hasNextPage(ScimObject list) {
        return places(list).anyMatch(place -> NEXT_PAGES.stream().anyMatch(name -> isSet(place.get(name))));
    }

    /** The group itself and the objects in it, such as an extension, {@code meta} or {@code pagination}. */
    private static Stream<ScimObject> places(ScimObject group) {
        var objects = group.json()
                .propertyStream()
                .filter(entry -> !entry.getKey().equalsIgnoreCase("members"))
                .map(Map.Entry::getValue)
                .filter(JsonNode::isObject)
                .map(ScimObject::new);
        return Stream.concat(Stream.of(group), objects);
    }

    /** A number, also as text, rounded up; -1 for everything else. */
    static long number(JsonNode value) {
        if (value.isNumber()) {
            return (long) Math.ceil(value.numberValue().doubleValue());
        }
        var digits = LEADING_DIGITS.matcher(value.asString("").strip());
        return value.isString() && digits.lookingAt() ? Long.parseLong(digits.group()) : -1;
    }

    private static boolean isSet(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> !value.asString().isBlank();
            case NUMBER, BINARY, POJO -> true;
            case BOOLEAN -> value.booleanValue();
            case ARRAY, OBJECT -> !value.isEmpty();
            case MISSING, NULL -> false;
        };
    }
}
