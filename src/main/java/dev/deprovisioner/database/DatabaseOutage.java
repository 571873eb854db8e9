package dev.deprovisioner.database;

import ch.qos.logback.classic.LoggerContext;
import dev.deprovisioner.clock.MonotonicClock;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
    private final RepeatedFailures repeated = new RepeatedFailures(failure -> continueWith(failure, true));
    /** Null if the database is available. */
    private final AtomicReference<@Nullable Outage> current = new AtomicReference<>();

    /**
     * Compared by reference, as each failure makes another one.
     *
     * @param since the reading of the monotonic clock when it began
     * @param seen whether a library has failed since the last look
     */
    private record Outage(long since, boolean seen) {}

    DatabaseOutage(DataSource database, MonotonicClock time) {
        this.database = database;
        this.time = time;
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.addTurboFilter(repeated);
        }
    }

    /** A connection alone ends no outage: on a full disk it is to be had, and statements fail. */
    @Scheduled(fixedDelay = 5000)
    void look() {
        var before = current.get();
        try (var connection = database.getConnection()) {
            endUnlessSeen(before);
        } catch (SQLException e) {
            continueWith(e, false);
        }
    }

    private void continueWith(SQLException failure, boolean seen) {
        long now = time.nanos();
        var before = current.getAndUpdate(
                known -> known == null ? new Outage(now, seen) : new Outage(known.since(), seen || known.seen()));
        if (before == null) {
            var cause = NestedExceptionUtils.getMostSpecificCause(failure);
            log.error("Database unavailable: {}", Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        }
    }

    /** @param before the outage as it was before the look; a failure during the look has changed it */
    private void endUnlessSeen(@Nullable Outage before) {
        if (before != null && before.seen()) {
            current.compareAndSet(before, new Outage(before.since(), false));
        } else if (current.compareAndSet(before, null)) {
            repeated.allowRequest();
            if (before != null) {
                log.info(
                        "Database available again: after {} s",
                        time.since(before.since()).toSeconds());
            }
        }
    }

    @Override
    public void destroy() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.getTurboFilterList().remove(repeated);
        }
    }
}
