package dev.deprovisioner.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.deprovisioner.database.DatabaseKind;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Lets PostgreSQL end the transaction of a process that froze or lost its network in the middle of one. Its locks would
 * keep the process that takes over from saving. The timeout is not longer than a lease.
 */
@Component
class IdleTransactionTimeout implements BeanPostProcessor {

    private final ObjectProvider<LeaseTiming> timing;

    /** @param timing is asked for late: a bean that a post-processor needs would miss the other post-processors */
    IdleTransactionTimeout(ObjectProvider<LeaseTiming> timing) {
        this.timing = timing;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && pool.getConnectionInitSql() == null
                && DatabaseKind.ofUrl(pool.getJdbcUrl()) == DatabaseKind.POSTGRESQL) {
            pool.setConnectionInitSql(bound());
        }
        return bean;
    }

    private String bound() {
        return "SET idle_in_transaction_session_timeout = '%dms'"
                .formatted(timing.getObject().lease().toMillis());
    }
}
