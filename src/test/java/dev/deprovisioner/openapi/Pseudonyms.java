package dev.deprovisioner.openapi;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts constant ids and times where they are others at each time. */
class Pseudonyms {

    private static final Pattern RUN = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern WEBHOOK =
            Pattern.compile("msg_(?!0{8})[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HASH = Pattern.compile("(?<![0-9a-f])(?!0{64})[0-9a-f]{64}(?![0-9a-f])");
    private static final Instant FIRST_RUN = Instant.parse("2026-12-01T08:00:00.117Z");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> runs = new LinkedHashMap<>();
    private final Map<String, String> webhooks = new LinkedHashMap<>();
    private long hashes;

    void group(String id, String pseudonym) {
        texts.put(id, pseudonym);
    }

    /** When a run is to start later. */
    void start(Instant start) {
        texts.put(start.toString(), "2026-12-08T06:00:00Z");
    }

    /** A header or a parameter. */
    String text(String text) {
        HASH.matcher(text).results().forEach(hash -> texts.putIfAbsent(hash.group(), hash(hash.group())));
        RUN.matcher(text).results().forEach(id -> name(id.group()));
        WEBHOOK.matcher(text).results().forEach(id -> nameWebhook(id.group()));
        var result = text;
        for (var pseudonym : texts.entrySet()) {
            result = result.replace(pseudonym.getKey(), pseudonym.getValue());
        }
        return result;
    }

    JsonNode json(String body) {
        var json = JsonMapper.shared().readTree(text(body));
        rewrite(json);
        return json;
    }

    /** Ids of runs are UUIDs of version 7 and begin with the time, here too. */
    private void name(String id) {
        if (runs.containsKey(id) || runs.containsValue(id)) {
            return;
        }
        int count = runs.size();
        long millis = FIRST_RUN.plus(Duration.ofMinutes(count)).toEpochMilli();
        var name = new UUID((millis << 16) | 0x7a31, 0x8c0d_5e21_9f64_b700L | count).toString();
        runs.put(id, name);
        texts.put(id, name);
        texts.put(cursor(id), cursor(name));
    }

    private void nameWebhook(String id) {
        if (!webhooks.containsValue(id)) {
            texts.put(
                    id,
                    webhooks.computeIfAbsent(
                            id,
                            unknown -> "msg_"
                                    + new UUID(0x7d1f_5b0e_93c2_8a10L, 0x9b3e_4471_60ad_c800L | webhooks.size())));
        }
    }

    /** Looks like one; those that there are already stay what they are. */
    private String hash(String hash) {
        return texts.containsKey(hash) || texts.containsValue(hash)
                ? hash
                : "%016x".formatted(++hashes * 0x9e3779b97f4a7c15L).repeat(4);
    }

    private static String cursor(String id) {
        var run = UUID.fromString(id);
        var bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(run.getMostSignificantBits())
                .putLong(run.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static void rewrite(JsonNode json) {
        if (json instanceof ObjectNode object) {
            Times.rewrite(object);
        }
        new ArrayList<>(json.values()).forEach(Pseudonyms::rewrite);
    }
}
