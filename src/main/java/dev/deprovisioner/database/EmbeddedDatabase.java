package dev.deprovisioner.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;

/** Facts about a database inside this process: no other process can open its file, so none can hold a lease. */
public final class EmbeddedDatabase {

    private EmbeddedDatabase() {}

    /** Whether only this process can have its file open. */
    public static boolean isIn(DataSource dataSource) {
        return isEmbedded(url(dataSource).toLowerCase(Locale.ROOT));
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
