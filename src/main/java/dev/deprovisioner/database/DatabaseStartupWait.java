package dev.deprovisioner.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Waits at the start, without limit, for a database that cannot be reached or written to. This comes before any bean
 * uses it; until then the service is not ready. A database that refuses the connection ends the start, and so does a
 * connection that the service cannot work with.
 */
@Component
class DatabaseStartupWait implements BeanPostProcessor, Ordered {

    private static final Logger log = LoggerFactory.getLogger(DatabaseStartupWait.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Before the pool is wrapped for those who share it. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            awaitUnlessStopped(pool);
            SharedServerConnections.refuse(pool);
        }
        return bean;
    }

    private static void awaitUnlessStopped(DataSource database) {
        try {
            // The wait has no limit, so a stop of the service must be able to interrupt it.
            Thread.ofVirtual().name("database").start(() -> await(database)).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped before the database could be reached", e);
        }
    }

    private static void await(DataSource database) {
        var why = unreachable(database);
        while (why != null) {
            log.warn("Database unavailable, trying again: {}", why.getMessage());
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
            why = unreachable(database);
        }
    }

    /** Why, or null if it can be reached, or if waiting would not help. */
    static @Nullable SQLException unreachable(DataSource database) {
        try (var connection = database.getConnection()) {
            return null;
        } catch (SQLException | RuntimeException e) {
            return DatabaseRefusal.of(e) == null ? DatabaseFailure.unavailability(e) : null;
        }
    }
}
