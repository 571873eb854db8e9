package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.deprovision.GroupSnapshot;
import java.time.Duration;

/**
 * A group as a read of this process has shown it. A version does not make it last longer: gateways add ETags to anything,
 * and many servers ignore {@code If-Match}.
 *
 * @param sentAt when the read was sent, by the clock, in nanoseconds
 */
public record ReadSnapshot(GroupSnapshot group, long sentAt, MonotonicClock clock) {

    /**
     * A change that names no member removes all who are in the group when it arrives, and one that names them may do so too,
     * so its read must be fresh.
     */
    public static final Duration DECIDES_FOR = Duration.ofSeconds(15);

    /** A change may wait a little for its permit, a token and a connection. */
    private static final Duration LASTS_FOR_ALL = DECIDES_FOR.multipliedBy(2);

    /** A removal of none but the members that it names cannot remove one who was not validated. */
    public static final Duration LASTS_FOR_NAMED = Duration.ofSeconds(60);

    /** Whether a change may be decided on it that may reach every member: a deletion, or a removal that may remove all. */
    public boolean canDecide() {
        return age().compareTo(DECIDES_FOR) < 0;
    }

    /** Whether the removal of none but named members may be decided on it. */
    public boolean canDecideByName() {
        return age().compareTo(LASTS_FOR_NAMED) < 0;
    }

    /** @param byName whether the change can remove no other members than those that it names */
    boolean isTooOldToSend(boolean byName) {
        return age().compareTo(byName ? LASTS_FOR_NAMED : LASTS_FOR_ALL) >= 0;
    }

    /** How long ago it was sent. */
    public Duration age() {
        return clock.since(sentAt);
    }
}
