package dev.deprovisioner.database;

import ch.qos.logback.classic.LoggerContext;
import dev.deprovisioner.clock.MonotonicClock;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Logs one line when the database becomes unavailable, and one when it is back. Libraries repeat nothing meanwhile, and one
 * failed request is logged.
 */
@Component
class DatabaseOutage implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DatabaseOutage.class);

    private final DataSource database;
    private final MonotonicClock time;
    private final RepeatedFailures repeated = new RepeatedFailures();
    private @Nullable Long since;

    DatabaseOutage(DataSource database, MonotonicClock time) {
        this.database = database;
        this.time = time;
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.addTurboFilter(repeated);
        }
    }

    @Scheduled(fixedDelay = 5000)
    void look() {
        try (var connection = database.getConnection()) {
            end();
        } catch (SQLException e) {
            begin(e);
        }
    }

    private void begin(SQLException failure) {
        if (since == null) {
            since = time.nanos();
            var cause = NestedExceptionUtils.getMostSpecificCause(failure);
            log.error("Database unavailable: {}", Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        }
    }

    private void end() {
        repeated.allowRequest();
        if (since != null) {
            log.info("Database available again: after {} s", time.since(since).toSeconds());
            since = null;
        }
    }

    @Override
    public void destroy() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.getTurboFilterList().remove(repeated);
        }
    }
}
