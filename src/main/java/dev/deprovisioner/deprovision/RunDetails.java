package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.EndedRuns.Ended;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Removes personal data from what a run's row holds as JSON: the provider's own words, which may name people, and the id of a
 * member. Members that only a later version knows stay as they are; text that is no JSON is removed.
 */
final class RunDetails {

    private RunDetails() {}

    static Ended remove(Ended run) {
        return new Ended(run.id(), run.group(), withoutMember(run.steps()), withoutQuote(run.problem()));
    }

    private static @Nullable String withoutQuote(@Nullable String problem) {
        if (problem != null && parsed(problem) instanceof ObjectNode object) {
            object.remove("quote");
            return object.toString();
        }
        return null;
    }

    private static String withoutMember(String steps) {
        if (parsed(steps) instanceof ArrayNode records) {
            records.forEach(RunDetails::removeMember);
            return records.toString();
        }
        return "[]";
    }

    /** A run that was ended by force may have stopped in the middle of its removals. */
    private static void removeMember(JsonNode record) {
        if (record.path("sent").path("removed") instanceof ObjectNode removed) {
            removed.remove(List.of("namedThrough", "refused"));
        }
    }

    private static @Nullable JsonNode parsed(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }
}
