package dev.deprovisioner.schedule;

import com.github.kagkarlsson.scheduler.Clock;
import dev.deprovisioner.database.DatabaseClock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DataAccessException;

/**
 * The time of a scheduler. It never fails while the scheduler stops, which only measures how long that takes: else the
 * scheduler's threads would remain, and keep the process alive.
 */
record SchedulerClock(DatabaseClock time, BooleanSupplier running) implements Clock {

    @Override
    public Instant now() {
        try {
            return time.instant();
        } catch (DataAccessException e) {
            if (running.getAsBoolean()) {
                throw e;
            }
            return Instant.EPOCH;
        }
    }
}
