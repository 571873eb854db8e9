package dev.deprovisioner.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the details of an entry. Those of a purge have columns of their own, which versions without details write
 * and queries compare.
 */
final class Details {

    private static final String PURGED_SEQUENCE = "purged_sequence";
    private static final String PURGED_HASH = "purged_hash";
    private static final String PURGED = "purged";
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private Details() {}

    static Map<String, @Nullable Object> ofPurge(long sequence, String hash) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put(PURGED_SEQUENCE, sequence);
        details.put(PURGED_HASH, hash);
        return details;
    }

    static Map<String, @Nullable Object> ofPurge(Purged what) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put(PURGED, what.name().toLowerCase(Locale.ROOT));
        return details;
    }

    /** @return null if the row has none */
    static @Nullable Map<String, @Nullable Object> of(ResultSet row) throws SQLException {
        var text = row.getString("details");
        var details = text == null ? new LinkedHashMap<String, @Nullable Object>() : parsed(text);
        putUnlessNull(details, PURGED_SEQUENCE, row.getObject(PURGED_SEQUENCE, Long.class));
        putUnlessNull(details, PURGED_HASH, row.getString(PURGED_HASH));
        return text == null && details.isEmpty() ? null : details;
    }

    /** Text that is no JSON object was changed by another role: it is shown, and does not match any hash. */
    private static Map<String, @Nullable Object> parsed(String text) {
        try {
            var details = JsonMapper.shared().readValue(text, OBJECT);
            return details == null ? unreadable(text) : details;
        } catch (JacksonException e) {
            return unreadable(text);
        }
    }

    private static Map<String, @Nullable Object> unreadable(String text) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("unreadable", text);
        return details;
    }

    private static void putUnlessNull(Map<String, @Nullable Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    /** The facts without a column of their own, as JSON; null if there are none. */
    static @Nullable String stored(@Nullable Map<String, @Nullable Object> details) {
        if (details == null) {
            return null;
        }
        var others = new LinkedHashMap<>(details);
        others.remove(PURGED_SEQUENCE);
        others.remove(PURGED_HASH);
        return others.isEmpty() ? null : JsonMapper.shared().writeValueAsString(others);
    }

    static @Nullable Long purgedSequence(@Nullable Map<String, @Nullable Object> details) {
        return details != null && details.get(PURGED_SEQUENCE) instanceof Number number ? number.longValue() : null;
    }

    static @Nullable String purgedHash(@Nullable Map<String, @Nullable Object> details) {
        return details != null && details.get(PURGED_HASH) instanceof String hash ? hash : null;
    }
}
