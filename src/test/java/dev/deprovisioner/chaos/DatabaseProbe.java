package dev.deprovisioner.chaos;

import static java.util.stream.Collectors.joining;

import dev.deprovisioner.soak.Recording;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Counts the rows of each table, and the sessions of the service. */
final class DatabaseProbe {

    /** Begins the name of the series of a table. */
    static final String ROWS = "rows of ";

    static final String SESSIONS = "sessions of the service at the server";
    static final String UNSEALED = "audit entries that are not sealed";
    static final String ENDED = "runs that have ended";

    private static final String OWN_SESSIONS = "soak";

    private final JdbcTemplate jdbc;
    private final Recording recording;

    /** @param url of the server, without what may fail between it and the service */
    DatabaseProbe(String url, Recording recording) {
        this.jdbc = new JdbcTemplate(new DriverManagerDataSource(url + "&ApplicationName=" + OWN_SESSIONS));
        this.recording = recording;
    }

    void sample() {
        recording.add(
                SESSIONS,
                count("pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> '" + OWN_SESSIONS
                        + "'"));
        recording.add(UNSEALED, count("audit_entry WHERE sequence IS NULL"));
        recording.add(ENDED, count("deprovision WHERE finished_at IS NOT NULL"));
        var tables = tables();
        jdbc.query(
                tables.stream()
                        .map(table -> "SELECT '" + table + "', COUNT(*) FROM " + table)
                        .collect(joining(" UNION ALL ")),
                row -> {
                    recording.add(ROWS + row.getString(1), (double) row.getLong(2));
                });
    }

    List<String> tables() {
        return jdbc.query(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
                (row, number) -> row.getString(1));
    }

    private double count(String rows) {
        var count = jdbc.queryForObject("SELECT COUNT(*) FROM " + rows, Long.class);
        return count == null ? Double.NaN : (double) count;
    }
}
