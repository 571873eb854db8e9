package dev.deprovisioner.schedule;

import java.time.Duration;

/** How a worker knows that its task is still its own. */
@FunctionalInterface
public interface Lease {

    /**
     * How long no other process takes over the task, by the monotonic clock from the last heartbeat that the database
     * has confirmed. Zero or less after that, if this process has begun to stop, or if the work made no progress.
     */
    Duration left();
}
