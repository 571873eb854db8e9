package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool gets unless an operator has set it. */
class PoolDefaultsTest {

    private static final String POSTGRES = "jdbc:postgresql://localhost/deprovisioner";

    private final HikariDataSource pool = new HikariDataSource();

    @AfterEach
    void close() {
        pool.close();
    }

    private void process(String url) {
        pool.setJdbcUrl(url);
        new PoolDefaults().postProcessBeforeInitialization(pool, "pool");
    }

    @Test
    void postgresIsNotWaitedForForever() {
        process(POSTGRES);

        assertThat(pool.getDataSourceProperties())
                .containsEntry("socketTimeout", "30")
                .containsEntry("connectTimeout", "5")
                .containsEntry("tcpKeepAlive", "true");
        assertThat(pool.getConnectionTestQuery()).isEqualTo(WritableServer.QUERY);
    }

    @Test
    void whatAnOperatorHasSetStays() {
        pool.addDataSourceProperty("socketTimeout", "90");
        pool.setConnectionTestQuery("SELECT 2");

        process(POSTGRES);

        assertThat(pool.getDataSourceProperties())
                .containsEntry("socketTimeout", "90")
                .containsEntry("connectTimeout", "5");
        assertThat(pool.getConnectionTestQuery()).isEqualTo("SELECT 2");
    }

    @Test
    void connectionsOfTheEmbeddedDatabaseAreTestedByAStatement() {
        process("jdbc:h2:mem:defaults");

        assertThat(pool.getDataSourceProperties()).isEmpty();
        assertThat(pool.getConnectionTestQuery()).isEqualTo("SELECT 1");
    }
}
