package dev.deprovisioner.benchmark.baseline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row as the service wrote it, which is inserted again for other runs: the same bytes, but for its ids. */
record RowCopy(String table, Map<String, @Nullable Object> values) {

    /** Written later, by what seals the audit trail. */
    private static final Set<String> SEALED =
            Set.of("sequence", "previous_hash", "hash", "content_hash", "format", "authentic");

    /** The first row with this value. What the database generates is left out. */
    static RowCopy of(Connection connection, String table, String column, String value) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT * FROM %s WHERE %s = '%s' LIMIT 1".formatted(table, column, value))) {
            if (!row.next()) {
                throw new IllegalStateException("No row in " + table);
            }
            var values = new LinkedHashMap<String, @Nullable Object>();
            var columns = row.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (!columns.isAutoIncrement(i) && !SEALED.contains(columns.getColumnName(i))) {
                    values.put(columns.getColumnName(i), row.getObject(i));
                }
            }
            return new RowCopy(table, values);
        }
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        var places = String.join(", ", Collections.nCopies(values.size(), "?"));
        return connection.prepareStatement(
                "INSERT INTO %s (%s) VALUES (%s)".formatted(table, String.join(", ", values.keySet()), places));
    }

    /** Executes the prepared statement with other ids. */
    void insert(PreparedStatement statement, Ids from, Ids to) throws SQLException {
        int place = 1;
        for (var value : values.values()) {
            statement.setObject(place++, replaced(value, from, to));
        }
        statement.executeUpdate();
    }

    private static @Nullable Object replaced(@Nullable Object value, Ids from, Ids to) {
        return switch (value) {
            case UUID id when id.equals(from.run()) -> to.run();
            case String text ->
                text.replace(from.run().toString(), to.run().toString()).replace(from.group(), to.group());
            case null, default -> value;
        };
    }

    /** Of a run and its group. */
    record Ids(UUID run, String group) {}
}
