package dev.deprovisioner.providers;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a provider pages a list of users. A cursor is asked for by the parameter, which is empty for the first page (RFC 9865).
 *
 * @param largest the most users of a page, also where the client asks for more
 * @param cursors whether it knows cursors; else the parameter is ignored
 * @param index whether it knows {@code startIndex}
 */
record UserPages(int largest, boolean cursors, boolean index) {

    /** Base64 has characters that mean something else in a query. */
    private static final String CURSOR = "Y+/=";

    /** The list response with one page of these users. */
    ObjectNode page(List<String> users, ProviderRequest request) {
        int count = Math.clamp(request.number("count", largest), 0, largest);
        return cursors && request.query().containsKey("cursor")
                ? byCursor(users, request.query().get("cursor"), count)
                : byIndex(users, index ? request.number("startIndex", 1) : 1, count);
    }

    private static ObjectNode byCursor(List<String> users, String cursor, int count) {
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring(CURSOR.length()));
        int to = Math.min(from + count, users.size());
        var page = list(users.subList(from, to)).put("itemsPerPage", to - from);
        return to < users.size() ? page.put("nextCursor", CURSOR + to) : page;
    }

    private static ObjectNode byIndex(List<String> users, int startIndex, int count) {
        int from = Math.min(startIndex - 1, users.size());
        int to = Math.min(from + count, users.size());
        return list(users.subList(from, to))
                .put("totalResults", users.size())
                .put("startIndex", startIndex)
                .put("itemsPerPage", to - from);
    }

    private static ObjectNode list(List<String> users) {
        var response = JsonMapper.shared().createObjectNode();
        response.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        var resources = response.putArray("Resources");
        users.forEach(user -> resources.addPOJO(Map.of(
                "schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User"), "id", user, "userName", user)));
        return response;
    }
}
