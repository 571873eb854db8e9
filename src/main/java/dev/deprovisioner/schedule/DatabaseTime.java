package dev.deprovisioner.schedule;

import com.github.kagkarlsson.scheduler.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The database's time, which all replicas share, carried on by this process's monotonic clock: a lease does not depend
 * on how the clocks of two machines agree, nor on a jump of this one's.
 */
final class DatabaseTime implements Clock {

    private static final Duration READ_ANEW = Duration.ofMinutes(1);
    /** What took longer may be wrong by as much: leases and pauses would be cut short. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final LongSupplier nanoTime;
    private volatile @Nullable Reading last;

    /** @param nanoTime the monotonic clock */
    DatabaseTime(DataSource dataSource, LongSupplier nanoTime) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.nanoTime = nanoTime;
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
        return Duration.ofNanos(nanoTime.getAsLong() - reading.readAt());
    }

    /** Within a transaction, the database would tell when that began. */
    private boolean isWorthReading(Reading reading) {
        return age(reading).compareTo(READ_ANEW) > 0 && !TransactionSynchronizationManager.isActualTransactionActive();
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
        long readAt = nanoTime.getAsLong();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            return new Reading(row.getObject(1, OffsetDateTime.class).toInstant(), readAt);
        }
    }
}
