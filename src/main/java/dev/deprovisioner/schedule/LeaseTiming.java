package dev.deprovisioner.schedule;

import java.time.Duration;

/**
 * How long a task stays with a process that gives no sign of life, and how soon the others notice.
 *
 * @param heartbeat after which a process extends the leases of the tasks in work
 * @param missedHeartbeats after so many of them another process takes a task over; at least 4
 * @param polling after which a process looks for due tasks, if nothing makes it look before
 */
public record LeaseTiming(Duration heartbeat, int missedHeartbeats, Duration polling) {

    /** A lease of 20 s: longer than the longest request to the provider. */
    public static final LeaseTiming PRODUCTION = new LeaseTiming(Duration.ofSeconds(5), 4, Duration.ofSeconds(2));

    /** From the last heartbeat to the takeover. */
    public Duration lease() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }
}
