package dev.deprovisioner.deprovision;

import static java.util.stream.Collectors.joining;

import dev.deprovisioner.database.TimestampColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a page of runs, in SQL. BETWEEN, where = would do, keeps PostgreSQL from looking for a frequent
 * value along the order of all runs. IS TRUE keeps it from reading all runs of a long period to sort them.
 */
final class RunListQuery {

    private final List<String> conditions = new ArrayList<>(List.of("TRUE"));
    private final List<String> columns = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    /**
     * @param range where in the order of all runs those of the filter's period lie
     * @param before only runs with a lower sequence, or null for the newest
     */
    RunListQuery(RunFilter filter, RunLists.Range range, @Nullable Long before) {
        equal(
                "requested_by",
                filter.requestedBy() == null ? null : filter.requestedBy().value());
        equal("status", filter.status() == null ? null : filter.status().name());
        if (before != null) {
            add("sequence < :before", "before", before);
        }
        if (filter.from() != null) {
            add("(requested_at >= :from) IS TRUE", "from", time(filter.from()));
            add("sequence >= :first", "first", range.first());
        }
        if (filter.to() != null) {
            add("(requested_at < :to) IS TRUE", "to", time(filter.to()));
            add("sequence <= :last", "last", range.last());
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
        return TimestampColumn.of(time);
    }

    String sql() {
        var order = columns.stream().map(column -> column + " DESC, ").collect(joining());
        return "WHERE " + String.join(" AND ", conditions) + " ORDER BY " + order + "sequence DESC";
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
