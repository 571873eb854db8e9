package dev.deprovisioner.schedule;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The database's time, which all replicas share, carried on by this process's monotonic clock: a lease does not depend
 * on how the clocks of two machines agree, nor on a jump of this one's.
 */
final class DatabaseTime implements Clock {

    private static final Duration READ_ANEW = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private volatile @Nullable Reading last;

    DatabaseTime(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** @param readAt by the monotonic clock, in nanoseconds */
    private record Reading(Instant time, long readAt) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - readAt);
        }
    }

    @Override
    public Instant now() {
        var reading = last;
        if (reading == null || isWorthReading(reading)) {
            reading = read(reading);
        }
        return reading.time().plus(reading.age());
    }

    /** Within a transaction, the database would tell when that began. */
    private static boolean isWorthReading(Reading reading) {
        return reading.age().compareTo(READ_ANEW) > 0 && !TransactionSynchronizationManager.isActualTransactionActive();
    }

    private Reading read(@Nullable Reading before) {
        try {
            long readAt = System.nanoTime();
            var time = jdbc.queryForObject("SELECT CURRENT_TIMESTAMP", OffsetDateTime.class);
            var now = new Reading(Objects.requireNonNull(time).toInstant(), readAt);
            last = now;
            return now;
        } catch (DataAccessException e) {
            if (before == null) {
                throw e;
            }
            return before;
        }
    }
}
