package dev.deprovisioner.schedule;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Objects;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Lets PostgreSQL end the transaction of a process that is frozen or has lost its network in the middle of one: its locks
 * would keep whoever takes its work over from saving. Not later than its leases end.
 */
@Component
class DatabaseSessions implements BeanPostProcessor {

    private static final String BOUND = "SET idle_in_transaction_session_timeout = '20s'";

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && pool.getConnectionInitSql() == null
                && Objects.requireNonNullElse(pool.getJdbcUrl(), "").startsWith("jdbc:postgresql:")) {
            pool.setConnectionInitSql(BOUND);
        }
        return bean;
    }
}
