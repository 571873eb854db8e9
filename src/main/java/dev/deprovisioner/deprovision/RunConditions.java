package dev.deprovisioner.deprovision;

import static java.util.stream.Collectors.joining;

import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a page of runs, in SQL. BETWEEN, where = would do, keeps PostgreSQL from looking for a frequent
 * value along the order of all runs.
 */
final class RunConditions {

    /** An id holds the time when it was made, which is right after the time of the request. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final List<String> conditions = new ArrayList<>(List.of("TRUE"));
    private final List<String> columns = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    /** @param before only runs older than this one, or null for the newest */
    RunConditions(RunFilter filter, @Nullable DeprovisionId before) {
        equal("requested_by", filter.requestedBy());
        equal("status", filter.status() == null ? null : filter.status().name());
        if (before != null) {
            add("id < :before", "before", before.value());
        }
        if (filter.from() != null) {
            add("requested_at >= :from", "from", time(filter.from()));
            add("id >= :first", "first", firstId(filter.from().minus(SLACK)));
        }
        if (filter.to() != null) {
            add("requested_at < :to", "to", time(filter.to()));
            add("id < :last", "last", firstId(filter.to().plus(SLACK)));
        }
    }

    private void equal(String column, @Nullable String value) {
        if (value != null) {
            add(column + " BETWEEN :" + column + " AND :" + column, column, value);
            columns.add(column);
        }
    }

    private void add(String condition, String name, Object value) {
        conditions.add(condition);
        parameters.put(name, value);
    }

    private static Object time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** No id that is made at this time or later is lower. */
    private static UUID firstId(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }

    String sql() {
        var order = columns.stream().map(column -> column + " DESC, ").collect(joining());
        return "WHERE " + String.join(" AND ", conditions) + " ORDER BY " + order + "id DESC";
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
