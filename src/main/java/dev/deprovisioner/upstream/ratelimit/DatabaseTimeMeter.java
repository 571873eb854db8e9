package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;

/**
 * The bucket's time: the last time that came with a row of the database, carried on by the monotonic clock. It has no
 * clock of its own, so that all that is decided on a row is decided by that row's time.
 */
final class DatabaseTimeMeter implements TimeMeter {

    private final MonotonicClock clock;
    private volatile Reading last;

    DatabaseTimeMeter(MonotonicClock clock) {
        this.clock = clock;
        this.last = new Reading(0, clock.nanos());
    }

    private record Reading(long nanos, long readAt) {}

    /** It is now at least so many microseconds after the epoch. */
    void setTime(long micros) {
        last = new Reading(TimeUnit.MICROSECONDS.toNanos(micros), clock.nanos());
    }

    @Override
    public long currentTimeNanos() {
        var reading = last;
        return reading.nanos() + clock.nanos() - reading.readAt();
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
