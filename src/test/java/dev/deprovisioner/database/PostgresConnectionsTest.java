package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.testbed.Postgres;
import dev.deprovisioner.testbed.Relay;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The pool on a server that hangs, was a primary before a failover, or is behind a pooler. */
class PostgresConnectionsTest {

    private static final String CLUSTER_READ_ONLY = "SET default_transaction_read_only = on";

    private final Postgres database = Postgres.create();
    private final HikariDataSource pool = new HikariDataSource();

    @AfterEach
    void close() {
        pool.close();
    }

    private HikariDataSource pool(String url) {
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(2000);
        pool.setExceptionOverrideClassName(EvictUnusableConnections.class.getName());
        new PoolDefaults().postProcessBeforeInitialization(pool, "pool");
        return pool;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aServerThatHangsIsGivenUpAfterTheTimeoutOfTheUrl() throws SQLException {
        var url = URI.create(database.ownersUrl().substring("jdbc:".length()));
        try (var relay = new Relay(0, url.getPort())) {
            relay.up();
            var relayed = url.toString().replace(":" + url.getPort(), ":" + relay.port());
            try (var connection = pool("jdbc:" + relayed + "&socketTimeout=1").getConnection()) {
                relay.hang();

                assertThatThrownBy(() -> execute(connection, "SELECT 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).startsWith("08"));
            }
        }
    }

    @Test
    void theDriverGivesUpAfterTheDefault() throws SQLException {
        try (var connection = pool(database.ownersUrl()).getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(30_000);
        }
    }

    @Test
    void aConnectionThatRefusesAWriteIsReplacedAtOnce() throws SQLException {
        pool(database.ownersUrl());
        try (var stale = pool.getConnection()) {
            execute(stale, CLUSTER_READ_ONLY);
            assertThatThrownBy(() -> execute(stale, "CREATE TABLE refused (id INT)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        }
        for (int i = 0; i < 4; i++) {
            try (var fresh = pool.getConnection()) {
                execute(fresh, "CREATE TABLE accepted_%d (id INT)".formatted(i));
            }
        }
    }

    @Test
    void aConnectionWhoseSessionTheServerHasEndedIsReplacedAtOnce() throws SQLException {
        pool(database.ownersUrl()).setMaximumPoolSize(1);
        try (var ended = pool.getConnection()) {
            execute(ended, "SET application_name = 'ended'");
            new JdbcTemplate(database.owner())
                    .query(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ended'",
                            row -> {});
            assertThatThrownBy(() -> execute(ended, "SELECT 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isIn("57P01", "08006"));
        }
        try (var fresh = pool.getConnection()) {
            execute(fresh, "SELECT 1");
        }
    }

    /** As readiness does, which takes the query of the pool and wants an answer. */
    @Test
    void readinessFailsOnAServerThatIsReadOnly() throws SQLException {
        try (var session = new SingleConnectionDataSource(database.ownersUrl(), true)) {
            var readiness = new DataSourceHealthIndicator(session, WritableServer.QUERY);
            assertThat(readiness.health().getStatus()).isEqualTo(Status.UP);

            execute(session.getConnection(), CLUSTER_READ_ONLY);

            assertThat(readiness.health().getStatus()).isEqualTo(Status.DOWN);
        }
    }

    @Test
    void aNewConnectionToAServerThatIsReadOnlyIsRefused() throws SQLException {
        try (var connection = database.owner().getConnection()) {
            execute(connection, WritableServer.CHECK);
            execute(connection, CLUSTER_READ_ONLY);

            assertThatThrownBy(() -> execute(connection, WritableServer.CHECK)).hasMessageContaining("read-only");
        }
    }

    @Test
    void migrationsHaveNoTimeout() throws SQLException {
        pool(database.ownersUrl());
        try (var connection = MigrationConnections.besides(pool).getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
            execute(connection, "CREATE TABLE migrated (id INT)");
        }
    }

    @Test
    void connectionsThatShareASessionAreDetected() {
        try (var shared = new SingleConnectionDataSource(database.ownersUrl(), true)) {
            assertThat(SharedServerConnections.areIn(shared)).isTrue();
        }
        assertThat(SharedServerConnections.areIn(database.owner())).isFalse();
    }

    @Test
    void waitsForAServerThatIsReadOnly() {
        new JdbcTemplate(database.owner())
                .execute("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(database.name()));
        pool(database.ownersUrl()).setConnectionInitSql(WritableServer.CHECK);

        assertThat((Throwable) DatabaseStartupWait.unreachable(pool))
                .isNotNull()
                .hasMessageContaining("the server is read-only, such as a replica after a failover");
    }

    @Test
    void doesNotWaitForADatabaseThatDoesNotExist() {
        assertThat((Throwable) DatabaseStartupWait.unreachable(
                        pool(database.ownersUrl().replace(database.name(), "missing"))))
                .isNull();
    }
}
