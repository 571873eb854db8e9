package dev.deprovisioner.schedule;

import java.util.Locale;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is true only of a database inside this process: nobody else can hold its file, so nobody else holds a lease. */
final class EmbeddedDatabase {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final JdbcTemplate jdbc;

    EmbeddedDatabase(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Takes back what a process that is gone had claimed, instead of waiting for its lease to end. */
    void releaseClaims(String table) {
        if (!isEmbedded()) {
            return;
        }
        int released = jdbc.update("UPDATE " + table
                + " SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1 WHERE picked");
        if (released > 0) {
            log.info("Taking up {} task(s) of {} that the last process had begun", released, table);
        }
    }

    private boolean isEmbedded() {
        var url = jdbc.execute((ConnectionCallback<String>) c -> c.getMetaData().getURL());
        var lower = String.valueOf(url).toLowerCase(Locale.ROOT);
        return (lower.startsWith("jdbc:h2:file:") || lower.startsWith("jdbc:h2:mem:"))
                && !lower.contains("auto_server=true");
    }
}
