package dev.deprovisioner.database;

import dev.deprovisioner.clock.MonotonicClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Reads the database's time once a minute; in between, this process's monotonic clock carries the reading on. */
@Component
final class JdbcDatabaseClock implements DatabaseClock {

    private static final Duration READ_AGAIN = Duration.ofMinutes(1);
    /** A reading that took longer may be wrong by as much: leases and pauses would be cut short. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final MonotonicClock monotonic;
    private volatile @Nullable Reading last;

    JdbcDatabaseClock(DataSource dataSource, MonotonicClock monotonic) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.monotonic = monotonic;
    }

    /** @param readAt by the monotonic clock, in nanoseconds */
    private record Reading(Instant time, long readAt) {}

    @Override
    public Instant now() {
        var reading = last;
        if (reading == null || isWorthReading(reading)) {
            reading = read(reading);
        }
        return reading.time().plus(age(reading));
    }

    private Duration age(Reading reading) {
        return monotonic.since(reading.readAt());
    }

    /** Within a transaction, the database would answer with the time when that began. */
    private boolean isWorthReading(Reading reading) {
        return age(reading).compareTo(READ_AGAIN) > 0 && !TransactionSynchronizationManager.isActualTransactionActive();
    }

    private Reading read(@Nullable Reading before) {
        try {
            var now = Objects.requireNonNull(jdbc.execute((ConnectionCallback<Reading>) this::read));
            if (age(now).compareTo(LONGEST_READING) <= 0) {
                last = now;
                return now;
            }
            return before != null ? before : now;
        } catch (DataAccessException e) {
            if (before == null) {
                throw e;
            }
            return before;
        }
    }

    /** The wait for a connection is over: after an outage, that may be seconds. */
    private Reading read(Connection connection) throws SQLException {
        long readAt = monotonic.nanos();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            return new Reading(row.getObject(1, OffsetDateTime.class).toInstant(), readAt);
        }
    }
}
