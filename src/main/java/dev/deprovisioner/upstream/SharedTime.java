package dev.deprovisioner.upstream;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;

/** The database's time, as it was told last, carried on by the monotonic clock. */
final class SharedTime implements TimeMeter {

    private volatile Reading last = new Reading(0, System.nanoTime());

    private record Reading(long nanos, long readAt) {}

    /** It is now at least so many microseconds after the epoch. */
    void is(long micros) {
        last = new Reading(TimeUnit.MICROSECONDS.toNanos(micros), System.nanoTime());
    }

    @Override
    public long currentTimeNanos() {
        var reading = last;
        return reading.nanos() + System.nanoTime() - reading.readAt();
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
