package dev.deprovisioner.benchmark;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Many queued runs, as copies of the one that a database has. */
record Backlog(JdbcTemplate jdbc) {

    /** Some of them belong to each caller. */
    private static final int CALLERS = 200;

    private static final Map<String, String> OWN = Map.of(
            "id", "ids.id",
            "group_id", "'queued-' || ids.number",
            "active_group_id", "'queued-' || ids.number",
            "requested_by", "'caller-' || ids.number % " + CALLERS,
            "task_instance", "CAST(ids.id AS TEXT)");

    Backlog(String database) {
        this(new JdbcTemplate(new DriverManagerDataSource(database)));
    }

    void add(int number) {
        jdbc.execute("CREATE TABLE backlog_ids AS SELECT gen_random_uuid() AS id, number FROM generate_series(1, "
                + number + ") AS number");
        copy("deprovision");
        copy("deprovision_task");
        jdbc.execute("DROP TABLE backlog_ids");
        jdbc.execute("ANALYZE");
    }

    private void copy(String table) {
        var columns = columns(table);
        var values = columns.stream()
                .map(column -> OWN.getOrDefault(column, "original." + column))
                .toList();
        jdbc.execute(
                "INSERT INTO %1$s (%2$s) SELECT %3$s FROM (SELECT * FROM %1$s LIMIT 1) AS original, backlog_ids AS ids"
                        .formatted(table, String.join(", ", columns), String.join(", ", values)));
    }

    /** Without those that the database generates. */
    private List<String> columns(String table) {
        return jdbc.query(
                "SELECT column_name FROM information_schema.columns WHERE table_name = ? AND is_identity = 'NO'",
                (row, number) -> row.getString(1),
                table);
    }
}
