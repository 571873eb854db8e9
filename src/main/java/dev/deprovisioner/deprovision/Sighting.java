package dev.deprovisioner.deprovision;

import dev.deprovisioner.clock.MonotonicClock;
import java.time.Duration;

/**
 * A group as a read of this process has shown it.
 *
 * @param readAt when the read began, by the clock, in nanoseconds
 */
public record Sighting(GroupSnapshot group, long readAt, MonotonicClock clock) {

    private static final Duration FRESH = Duration.ofSeconds(15);

    /** What was decided on it may wait a little for its turn: for the rate limit, for a token, for a connection. */
    private static final Duration OUTDATED = FRESH.multipliedBy(2);

    /** Whether a change may be decided on it: it is young, or carries a version that the provider checks. */
    public boolean isFresh() {
        return group.etag() != null || isYoung();
    }

    /** Whether a change may be decided on it though the provider will not check its version. */
    public boolean isYoung() {
        return age().compareTo(FRESH) < 0;
    }

    /** Whether a change that was decided on it must not be sent any more, unless the provider checks its version. */
    boolean isOutdated() {
        return age().compareTo(OUTDATED) >= 0;
    }

    private Duration age() {
        return clock.since(readAt);
    }
}
