package dev.deprovisioner.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.database.DatabaseKind;
import dev.deprovisioner.database.WritableServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Lets PostgreSQL end what would hold others up. A process may freeze or lose its network in the middle of a
 * transaction: its locks would keep the process that takes over from saving. That timeout is not longer than a lease. A
 * statement ends before the driver stops to wait for it, and a wait for a lock ends before that.
 */
@Component
class SessionTimeouts implements BeanPostProcessor {

    /** What the server, the database, the role or the URL sets stays. */
    private static final String UNLESS_SET = """
            SELECT set_config(name, CASE name WHEN 'statement_timeout' THEN '25s' ELSE '10s' END, false)
            FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout') AND source = 'default'""";

    private final ObjectProvider<LeaseTiming> timing;

    /** @param timing is asked for late: a bean that a post-processor needs would miss the other post-processors */
    SessionTimeouts(ObjectProvider<LeaseTiming> timing) {
        this.timing = timing;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && pool.getConnectionInitSql() == null
                && DatabaseKind.ofUrl(pool.getJdbcUrl()) == DatabaseKind.POSTGRESQL) {
            pool.setConnectionInitSql(String.join("; ", idleTransactions(), UNLESS_SET, WritableServer.CHECK));
        }
        return bean;
    }

    private String idleTransactions() {
        return "SET idle_in_transaction_session_timeout = '%dms'"
                .formatted(timing.getObject().lease().toMillis());
    }
}
