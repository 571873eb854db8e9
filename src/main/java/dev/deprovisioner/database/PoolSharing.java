package dev.deprovisioner.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/** Leaves callers a third of the pool; without an order, it comes after what waits for the database at the start. */
@Component
class PoolSharing implements BeanPostProcessor {

    private static final int WAITING_OF_ONE_CALLER = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool
                ? new SharedPool(pool, new CallerBulkhead(forCallers(pool), WAITING_OF_ONE_CALLER, LONGEST_WAIT))
                : bean;
    }

    private static int forCallers(HikariDataSource pool) {
        return Math.max(1, pool.getMaximumPoolSize() / 3);
    }
}
