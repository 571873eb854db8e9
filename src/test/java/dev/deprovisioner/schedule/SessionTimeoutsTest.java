package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.database.WritableServer;
import dev.deprovisioner.testbed.Postgres;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long the database waits for a process that is silent, for a statement and for a lock. */
class SessionTimeoutsTest {

    private static final String POSTGRES = "jdbc:postgresql://localhost/deprovisioner";

    private final HikariDataSource pool = new HikariDataSource();

    private void process() {
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("timing", new LeaseTiming(Duration.ofSeconds(2), 4, Duration.ofSeconds(1)));
        new SessionTimeouts(beans.getBeanProvider(LeaseTiming.class)).postProcessBeforeInitialization(pool, "pool");
    }

    @Test
    void postgresEndsATransactionNotLaterThanALease() {
        pool.setJdbcUrl(POSTGRES);

        process();

        assertThat(pool.getConnectionInitSql()).startsWith("SET idle_in_transaction_session_timeout = '8000ms'; ");
    }

    @Test
    void aConnectionToAServerThatIsReadOnlyIsRefused() {
        pool.setJdbcUrl(POSTGRES);

        process();

        assertThat(pool.getConnectionInitSql()).endsWith("; " + WritableServer.CHECK);
    }

    private Map<String, String> timeoutsOf(String url) {
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(1);
        process();
        try (pool) {
            return JdbcClient.create(pool)
                    .sql("SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout')")
                    .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    @Test
    void postgresEndsLongStatementsAndWaitsForLocks() {
        assertThat(timeoutsOf(Postgres.create().ownersUrl()))
                .containsEntry("statement_timeout", "25000")
                .containsEntry("lock_timeout", "10000");
    }

    @Test
    void aTimeoutThatTheUrlSetsStays() {
        assertThat(timeoutsOf(Postgres.create().ownersUrl() + "&options=-c%20statement_timeout=60000"))
                .containsEntry("statement_timeout", "60000")
                .containsEntry("lock_timeout", "10000");
    }

    @Test
    void aTimeoutThatTheDatabaseSetsStays() {
        var database = Postgres.create();
        new JdbcTemplate(database.owner())
                .execute("ALTER DATABASE %s SET lock_timeout = 3000".formatted(database.name()));

        assertThat(timeoutsOf(database.ownersUrl())).containsEntry("lock_timeout", "3000");
    }

    @Test
    void aStatementThatAnOperatorSetForEachConnectionStays() {
        pool.setJdbcUrl(POSTGRES);
        pool.setConnectionInitSql("SET application_name = 'own'");

        process();

        assertThat(pool.getConnectionInitSql()).isEqualTo("SET application_name = 'own'");
    }

    @Test
    void theEmbeddedDatabaseEndsNothing() {
        pool.setJdbcUrl("jdbc:h2:mem:sessions");

        process();

        assertThat(pool.getConnectionInitSql()).isNull();
    }
}
