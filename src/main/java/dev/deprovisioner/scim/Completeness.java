package dev.deprovisioner.scim;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The closed list of attributes by which a group says that it has more members than it lists. */
final class Completeness {

    private static final String TOTAL = "totalResults";
    private static final List<String> COUNTS =
            List.of(TOTAL, "count", "memberCount", "membersCount", "memberTotal", "membersTotal", "totalMembers");
    private static final List<String> NEXT_PAGES = List.of(
            "next",
            "nextCursor",
            "nextLink",
            "nextPage",
            "nextPageToken",
            "nextUri",
            "@odata.nextLink",
            "members@odata.nextLink");

    private Completeness() {}

    /** The largest count of members; -1 where there is none. */
    static long stated(ScimObject group) {
        return COUNTS.stream().mapToLong(name -> number(group.get(name))).max().orElse(-1);
    }

    /** Whether there is a cursor to a next page, or a page that is smaller than the whole. */
    static boolean continues(ScimObject group) {
        long page = number(group.get("itemsPerPage"));
        return (page >= 0 && page < number(group.get(TOTAL)))
                || NEXT_PAGES.stream().anyMatch(name -> isSet(group.get(name)));
    }

    /** A number, also as text, rounded up; -1 for everything else. */
    private static long number(JsonNode value) {
        if (value.isNumber()) {
            return (long) Math.ceil(value.numberValue().doubleValue());
        }
        return value.isString() && value.asString().strip().matches("\\d{1,18}")
                ? Long.parseLong(value.asString().strip())
                : -1;
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
