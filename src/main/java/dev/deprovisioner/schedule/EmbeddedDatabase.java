package dev.deprovisioner.schedule;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts about a database inside this process: no other process can open its file, so none can hold a lease. */
final class EmbeddedDatabase {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final boolean embedded;

    EmbeddedDatabase(DataSource dataSource) {
        this.embedded = isEmbedded(url(dataSource).toLowerCase(Locale.ROOT));
    }

    /** Takes back what a process that is gone had claimed, instead of waiting for its lease to end. */
    void releaseClaims(TaskTable table) {
        int released = embedded ? table.takeBackAll() : 0;
        if (released > 0) {
            log.info("Taking up {} task(s) of {} that the last process had begun", released, table.name());
        }
    }

    /** A server, or a file that H2 shares between processes, may have other clients. */
    private static boolean isEmbedded(String url) {
        return url.startsWith("jdbc:h2:")
                && !url.startsWith("jdbc:h2:tcp:")
                && !url.startsWith("jdbc:h2:ssl:")
                && !url.contains("auto_server=true");
    }

    /** The configured URL, because the URL that the driver reports has lost its settings. */
    private static String url(DataSource dataSource) {
        try {
            var pool = dataSource.isWrapperFor(HikariDataSource.class)
                    ? dataSource.unwrap(HikariDataSource.class).getJdbcUrl()
                    : null;
            return Objects.requireNonNullElse(pool, "");
        } catch (SQLException e) {
            return "";
        }
    }
}
