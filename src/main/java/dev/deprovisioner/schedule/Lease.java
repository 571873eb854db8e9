package dev.deprovisioner.schedule;

import java.time.Duration;

/** How a worker knows that its task is still its own. */
@FunctionalInterface
public interface Lease {

    /**
     * For how long no other process takes the task over, counted from the last heartbeat that the database has confirmed
     * and by the monotonic clock; zero or less once that is over, or this process has begun to stop.
     */
    Duration left();
}
