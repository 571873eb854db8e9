package dev.deprovisioner.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Detects a pooler that assigns a connection of the server to each transaction, such as PgBouncer with {@code
 * pool_mode=transaction}. There, the timeouts of a session, prepared statements and the lock of migrations would belong
 * to other connections than the one that set them.
 */
final class SharedServerConnections {

    private SharedServerConnections() {}

    /** A pool with fewer than two connections cannot be examined. */
    static void refuse(HikariDataSource pool) {
        if (DatabaseKind.ofUrl(pool.getJdbcUrl()) == DatabaseKind.POSTGRESQL
                && pool.getMaximumPoolSize() > 1
                && areIn(pool)) {
            throw new SharedServerConnectionsException();
        }
    }

    /** Two open connections that have one session by turns, or one that has had two. */
    static boolean areIn(DataSource pool) {
        try (var one = pool.getConnection();
                var other = pool.getConnection()) {
            int before = session(one);
            other.setAutoCommit(false);
            int held = session(other);
            int after = session(one);
            other.rollback();
            return held == before || after != before;
        } catch (SQLException e) {
            // The first use of the database reports what has just broken.
            return false;
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
