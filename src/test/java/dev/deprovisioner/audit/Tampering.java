package dev.deprovisioner.audit;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditEntry.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Changes that an intruder with write access to the table could make. */
final class Tampering {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Tampering() {}

    /** The entry with one member changed, added or taken away; for each member. */
    static List<AuditEntry> changes(AuditEntry entry) {
        return Stream.concat(changesOfFirstMembers(entry).stream(), changesOfLaterMembers(entry))
                .toList();
    }

    /** Those that every version has. */
    static List<AuditEntry> changesOfFirstMembers(AuditEntry entry) {
        return List.of(
                with(
                        entry,
                        json -> json.put(
                                "timestamp", entry.timestamp().plusMillis(1).toString())),
                with(entry, json -> json.put("group_id", entry.groupId() + "x")),
                with(entry, json -> json.put("action", other(Action.values(), entry.action()))),
                with(entry, json -> json.put("action", "PAINT")),
                with(entry, json -> json.put("status", other(Status.values(), entry.status()))),
                with(entry, json -> json.put("latency_ms", entry.latencyMs() + 1)),
                with(entry, json -> json.put("error", changed(entry.error()))),
                with(entry, json -> json.put("webhook_synced", !entry.webhookSynced())),
                with(entry, json -> json.put("deprovision_id", entry.deprovisionId() + "0")),
                with(entry, json -> json.put("actor", "another actor")),
                with(entry, json -> json.put("reason", changed(entry.reason()))),
                with(entry, json -> json.set("details", details().put("purged_sequence", 1))),
                with(entry, json -> json.put("content_hash", "f".repeat(64))),
                with(entry, json -> json.put("previous_hash", "f".repeat(64))),
                with(entry, json -> json.put("hash", "f".repeat(64))));
    }

    private static Stream<AuditEntry> changesOfLaterMembers(AuditEntry entry) {
        return Stream.of(
                with(entry, json -> json.without("group_id")),
                with(entry, json -> json.put("on_behalf_of", changed(entry.onBehalfOf()))),
                with(entry, json -> json.put("outcome", changed(entry.outcome()))),
                with(entry, json -> json.put("members", 501)),
                with(entry, json -> json.set("details", details())),
                with(entry, json -> json.without("content_hash")));
    }

    private static String other(Enum<?>[] all, String one) {
        return Arrays.stream(all)
                .map(Enum::name)
                .filter(name -> !name.equals(one))
                .findFirst()
                .orElseThrow();
    }

    private static String changed(@Nullable String text) {
        return text == null ? "" : text + " ";
    }

    private static ObjectNode details() {
        return JSON.createObjectNode();
    }

    private static AuditEntry with(AuditEntry entry, UnaryOperator<ObjectNode> change) {
        var json = (ObjectNode) JSON.readTree(AuditTrail.line(entry));
        return JSON.treeToValue(change.apply(json), AuditEntry.class);
    }

    /** With the sequences that they would need at their places. */
    static List<AuditEntry> renumbered(List<AuditEntry> entries) {
        return IntStream.range(0, entries.size())
                .mapToObj(place -> numbered(entries.get(place), place + 1))
                .toList();
    }

    private static AuditEntry numbered(AuditEntry entry, long sequence) {
        return Objects.equals(entry.sequence(), sequence) ? entry : with(entry, json -> json.put("sequence", sequence));
    }
}
