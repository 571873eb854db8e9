package dev.deprovisioner.deprovision;

import java.time.Duration;

/**
 * A group as a read of this process has shown it.
 *
 * @param readAt when the read began, by the monotonic clock, in nanoseconds
 */
public record Sighting(GroupSnapshot group, long readAt) {

    private static final Duration FRESH = Duration.ofSeconds(15);

    /** Whether a change may be decided on it: it is young, or carries a version that the provider checks. */
    public boolean isFresh() {
        return group.etag() != null || System.nanoTime() - readAt < FRESH.toNanos();
    }
}
