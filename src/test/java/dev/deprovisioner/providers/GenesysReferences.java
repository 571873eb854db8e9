package dev.deprovisioner.providers;

import dev.deprovisioner.testbed.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What may refer to a group of Genesys Cloud. As it is made, there is one queue, and nothing refers to any group. */
final class GenesysReferences {

    private static final int LARGEST_PAGE = 500;
    private static final int USUAL_PAGE = 25;

    private final ErrorForm errors;
    private final List<Map<String, ?>> queues = new ArrayList<>();
    private final List<Map<String, ?>> flows = new ArrayList<>();
    private final List<Map<String, ?>> grants = new ArrayList<>();
    private final List<Map<String, ?>> policies = new ArrayList<>();
    private int queuesOfOtherDivisions;
    private String build = "OPERATIONAL";
    private Map<String, ?> rules = Map.of();
    private int messages;

    GenesysReferences(ErrorForm errors) {
        this.errors = errors;
        queues(1);
    }

    /** Adds so many queues. */
    void queues(int number) {
        int next = queues.size() + 1;
        IntStream.range(next, next + number)
                .forEach(i -> queue("q" + i, "Queue " + i, Map.of("memberGroups", List.of())));
    }

    /** @param references the attributes that refer to groups */
    void queue(String id, String name, Map<String, ?> references) {
        var queue = new HashMap<String, Object>(Map.of("id", id, "name", name, "division", Map.of("id", "d1")));
        queue.putAll(references);
        queues.add(queue);
    }

    /** Adds so many queues that the client is not allowed to view: only their total shows them. */
    void queuesOfOtherDivisions(int number) {
        queuesOfOtherDivisions = number;
    }

    void build(String status) {
        build = status;
    }

    void flow(String id, String name) {
        flows.add(Map.of("id", id, "name", name, "type", "INBOUNDCALLFLOW", "version", "4.0", "deleted", false));
    }

    void grant(String role, String name) {
        grants.add(Map.of(
                "role",
                Map.of("id", role, "name", name),
                "division",
                Map.of("id", "d1", "name", "Home"),
                "subjectId",
                "g"));
    }

    void policy(String id, String name) {
        policies.add(Map.of("id", id, "name", name, "effect", "DENY", "enabled", true));
    }

    void rules(Map<String, ?> value) {
        rules = value;
    }

    void messages(int number) {
        messages = number;
    }

    Answer answer(GenesysResource resource, ProviderRequest request) {
        var id = resource.id(request);
        return switch (resource) {
            case QUEUES -> page(queues, queues.size(), request);
            case ALL_QUEUES -> page(queues, queues.size() + queuesOfOtherDivisions, request);
            case BUILD -> GenesysGroups.ok(Map.of("status", build, "failedObjects", List.of()));
            case FLOWS -> flows(request);
            case GRANTS -> GenesysGroups.ok(Map.of("id", id, "name", "", "grants", grants, "version", 1));
            case POLICIES -> GenesysGroups.ok(Map.of("entities", policies));
            case RULES -> GenesysGroups.ok(Map.of("group", Map.of("id", id), "query", rules));
            case MAILBOX ->
                GenesysGroups.ok(Map.of("group", Map.of("id", id), "totalCount", messages, "unreadCount", 0));
            case SCIM_GROUP, NATIVE_GROUP -> throw new IllegalArgumentException(resource.name());
        };
    }

    private Answer flows(ProviderRequest request) {
        var query = request.query();
        return !query.getOrDefault("objectType", "").equals("GROUP")
                        || query.getOrDefault("id", "").isEmpty()
                ? errors.error(400, "bad.request", "An id and an objectType are required.")
                : page(flows, flows.size(), request);
    }

    /** @param total what the answer states */
    private Answer page(List<Map<String, ?>> all, int total, ProviderRequest request) {
        int size = request.number("pageSize", USUAL_PAGE);
        int number = request.number("pageNumber", 1);
        if (size < 1 || size > LARGEST_PAGE || number < 1) {
            return errors.error(400, "invalid.page", "A page has 1 to 500 entities.");
        }
        int from = Math.min((number - 1) * size, all.size());
        return GenesysGroups.ok(Map.of(
                "entities", all.subList(from, Math.min(from + size, all.size())),
                "pageSize", size,
                "pageNumber", number,
                "total", total,
                "pageCount", (total + size - 1) / size));
    }
}
