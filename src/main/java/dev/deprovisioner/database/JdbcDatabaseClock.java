package dev.deprovisioner.database;

import dev.deprovisioner.clock.MonotonicClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
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

    /** After a reading that failed. While the database is down, one thread in so long waits for it. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    /** A reading that took longer may be wrong by as much: leases and pauses would be cut short. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final MonotonicClock monotonic;
    private final AtomicLong triedAt;
    private volatile @Nullable Reading last;

    JdbcDatabaseClock(DataSource dataSource, MonotonicClock monotonic) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.monotonic = monotonic;
        this.triedAt = new AtomicLong(monotonic.nanos());
    }

    /**
     * @param readAt by the monotonic clock, in nanoseconds
     * @param embedded whether the database has no clock but this machine's
     */
    private record Reading(Instant time, long readAt, boolean embedded) {}

    /** Whole milliseconds, as both databases keep them: a time that is read back equals the one that was written. */
    @Override
    public Instant instant() {
        var reading = last;
        if (reading == null || isWorthReading(reading)) {
            reading = read(reading);
        }
        return carriedOn(reading).truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant carriedOn(Reading reading) {
        return reading.time().plus(age(reading));
    }

    private Duration age(Reading reading) {
        return monotonic.since(reading.readAt());
    }

    /** Within a transaction, the database would answer with the time when that began. */
    private boolean isWorthReading(Reading reading) {
        return age(reading).compareTo(READ_AGAIN) > 0
                && !TransactionSynchronizationManager.isActualTransactionActive()
                && isItsTurn();
    }

    /** Whether this thread is the one that reads. */
    private boolean isItsTurn() {
        long before = triedAt.get();
        return monotonic.since(before).compareTo(TRY_AGAIN) >= 0 && triedAt.compareAndSet(before, monotonic.nanos());
    }

    private Reading read(@Nullable Reading before) {
        try {
            var now = Objects.requireNonNull(jdbc.execute((ConnectionCallback<Reading>) this::read));
            boolean better = !isSlow(now) && (before == null || !isSetBack(now, before));
            if (better) {
                last = now;
            }
            return better || before == null ? now : before;
        } catch (DataAccessException e) {
            if (before == null) {
                throw e;
            }
            triedAt.set(monotonic.nanos());
            return before;
        }
    }

    private boolean isSlow(Reading reading) {
        return age(reading).compareTo(LONGEST_READING) > 0;
    }

    /** While the process lasts, it does not follow its machine back in time; a database that others share it follows. */
    private boolean isSetBack(Reading now, Reading before) {
        return now.embedded() && carriedOn(now).isBefore(carriedOn(before));
    }

    /** The wait for a connection is over: after an outage, that may be seconds. */
    private Reading read(Connection connection) throws SQLException {
        boolean embedded = DatabaseKind.of(connection.getMetaData()) == DatabaseKind.H2;
        long readAt = monotonic.nanos();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            return new Reading(row.getObject(1, OffsetDateTime.class).toInstant(), readAt, embedded);
        }
    }
}
