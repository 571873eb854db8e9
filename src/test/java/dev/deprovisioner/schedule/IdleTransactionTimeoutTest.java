package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** How long the database waits for a process that is silent in the middle of a transaction. */
class IdleTransactionTimeoutTest {

    private static final String POSTGRES = "jdbc:postgresql://localhost/deprovisioner";

    private final HikariDataSource pool = new HikariDataSource();

    private void process() {
        var beans = new DefaultListableBeanFactory();
        beans.registerSingleton("timing", new LeaseTiming(Duration.ofSeconds(2), 4, Duration.ofSeconds(1)));
        new IdleTransactionTimeout(beans.getBeanProvider(LeaseTiming.class))
                .postProcessBeforeInitialization(pool, "pool");
    }

    @Test
    void postgresEndsATransactionNotLaterThanALease() {
        pool.setJdbcUrl(POSTGRES);

        process();

        assertThat(pool.getConnectionInitSql()).isEqualTo("SET idle_in_transaction_session_timeout = '8000ms'");
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
