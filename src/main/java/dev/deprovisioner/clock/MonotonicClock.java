package dev.deprovisioner.clock;

import java.time.Duration;

/** Measures how much time has passed in this process. It never goes back, and does not follow the wall clock. */
@FunctionalInterface
public interface MonotonicClock {

    /** Nanoseconds since an arbitrary origin, so possibly negative: only differences have a meaning. */
    long nanos();

    /** @param nanos an earlier reading of this clock */
    default Duration since(long nanos) {
        return Duration.ofNanos(nanos() - nanos);
    }
}
