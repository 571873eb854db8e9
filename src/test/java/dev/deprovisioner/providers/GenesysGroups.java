package dev.deprovisioner.providers;

import dev.deprovisioner.providers.Directory.StoredGroup;
import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The groups in the own API of Genesys Cloud. A deletion is accepted at once, and has its effect later or never. */
final class GenesysGroups {

    private final Directory directory;
    private final ErrorForm errors;
    private Duration lateness = Duration.ofSeconds(1);
    private int deletionsToLose;
    private boolean marksDeleted;
    private Map<String, Object> replaced = Map.of();
    private String leftOut = "";
    private List<Map<String, String>> addresses = List.of();

    GenesysGroups(Directory directory, ErrorForm errors) {
        this.directory = directory;
        this.errors = errors;
    }

    /** The time between the answer to a DELETE and its effect. */
    void lateness(Duration value) {
        lateness = value;
    }

    /** Accepts so many deletions that never happen. */
    void loseDeletions(int number) {
        deletionsToLose = number;
    }

    /** Shows a deleted group with the state {@code deleted}, and not as absent. */
    void markDeleted() {
        marksDeleted = true;
    }

    /** Shows this value of an attribute, whatever the group has. */
    void show(String attribute, Object value) {
        replaced = Map.of(attribute, value);
    }

    void leaveOut(String attribute) {
        leftOut = attribute;
    }

    /** Gives each group this phone number, or this ring. */
    void address(String type, String number) {
        addresses = List.of(Map.of("type", type, "mediaType", "PHONE", "address", number, "display", number));
    }

    Answer answer(String id, ProviderRequest request) {
        var group = directory.find(id);
        if (group.isEmpty()) {
            return request.is("GET")
                            && marksDeleted
                            && directory.deletedWith(id).isPresent()
                    ? ok(Map.of("id", id, "name", "Team " + id, "state", "deleted"))
                    : errors.error(404, "not.found", "The requested resource was not found.");
        }
        return switch (request.method()) {
            case "GET" -> ok(json(group.get()));
            case "DELETE" -> delete(id);
            default -> errors.error(405, "method.not.allowed", "This method is not supported.");
        };
    }

    private Answer delete(String id) {
        if (deletionsToLose > 0) {
            deletionsToLose--;
        } else {
            directory.delete(id, lateness);
        }
        return new Answer(202, Map.of(), "");
    }

    private Map<String, Object> json(StoredGroup group) {
        var json = new HashMap<String, Object>(Map.of(
                "id",
                group.id(),
                "name",
                group.displayName(),
                "state",
                "active",
                "type",
                "official",
                "visibility",
                "public",
                "rulesVisible",
                true,
                "memberCount",
                group.members().size(),
                "version",
                group.version(),
                "addresses",
                addresses,
                "selfUri",
                "/api/v2/groups/" + group.id()));
        json.putAll(replaced);
        json.remove(leftOut);
        return json;
    }

    static Answer ok(Map<String, ?> body) {
        return new Answer(
                200,
                Map.of("Content-Type", "application/json"),
                JsonMapper.shared().writeValueAsString(body));
    }
}
