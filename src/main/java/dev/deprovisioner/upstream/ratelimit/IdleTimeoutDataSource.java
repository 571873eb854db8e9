package dev.deprovisioner.upstream.ratelimit;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to PostgreSQL with a timeout of the first transaction: the server ends it after 2 s without a statement.
 * So a process that is stopped while it holds a lock does not stop the others.
 */
final class IdleTimeoutDataSource extends DelegatingDataSource {

    IdleTimeoutDataSource(DataSource database) {
        super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = '2s'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
