package dev.deprovisioner.openapi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Times that fit each other, counted from the one in the id of the run. */
final class Times {

    private static final Duration TO_START = Duration.ofMillis(7);
    private static final Duration OF_A_STEP = Duration.ofMillis(48);
    private static final Duration TO_CANCEL = Duration.ofSeconds(30);
    private static final List<String> ACTIONS = List.of("VALIDATE", "REMOVE_MEMBERS", "DELETE", "WEBHOOK");

    private Times() {}

    static void rewrite(ObjectNode object) {
        if (object.has("requestedAt")) {
            ofRun(object);
        } else if (object.has("latency_ms")) {
            ofEntry(object);
        } else if (object.has("checkedAt")) {
            object.put("checkedAt", "2026-12-01T07:55:00.215Z");
        } else if (object.has("attempts") && object.has("nextAttemptAt")) {
            object.put("nextAttemptAt", "2026-12-01T08:10:00.412Z");
        }
    }

    private static void ofRun(ObjectNode run) {
        var requested = requestedAt(run.get("id"));
        set(run, "requestedAt", requested);
        var next = requested.plus(TO_START);
        set(run, "startedAt", next);
        set(run, "finishedAt", requested.plus(TO_CANCEL));
        for (var node : run.path("steps").values()) {
            var step = (ObjectNode) node;
            set(step, "startedAt", next);
            if (step.has("finishedAt")) {
                next = next.plus(OF_A_STEP);
                set(step, "finishedAt", next);
                set(run, "finishedAt", next);
            }
            if (step.has("latencyMs")) {
                step.put("latencyMs", OF_A_STEP.toMillis());
            }
        }
    }

    private static void ofEntry(ObjectNode entry) {
        var requested = requestedAt(entry.get("deprovision_id"));
        var action = entry.get("action").asString();
        int step = ACTIONS.indexOf(action) + 1;
        if (step > 0) {
            set(entry, "timestamp", requested.plus(TO_START).plus(OF_A_STEP.multipliedBy(step)));
            entry.put("latency_ms", OF_A_STEP.toMillis());
        } else {
            set(entry, "timestamp", action.equals("CANCEL") ? requested.plus(TO_CANCEL) : requested);
        }
    }

    private static Instant requestedAt(JsonNode id) {
        return Instant.ofEpochMilli(UUID.fromString(id.asString()).getMostSignificantBits() >>> 16);
    }

    private static void set(ObjectNode object, String name, Instant time) {
        if (object.has(name)) {
            object.put(name, time.toString());
        }
    }
}
