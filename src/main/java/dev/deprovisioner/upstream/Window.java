package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.Brake.Left;
import dev.deprovisioner.upstream.Brake.Slow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a provider that counts in windows allows until the end of the present one.
 *
 * @param id the same for all who share the limit
 * @param told last
 * @param until by this process's monotonic clock, in nanoseconds
 */
record Window(long id, Left told, long until) {

    /** Ends are told in whole seconds, and an answer is under way for some time. */
    private static final Duration SAME = Duration.ofSeconds(2);

    /** Who uses up what is left at once waits for the rest of the time: that is no harm for less than this. */
    private static final Duration SHORT = Duration.ofSeconds(10);

    /** Whether two ends, as they were told, are those of the same window. */
    static boolean isSame(long end, long other) {
        return Math.abs(end - other) <= SAME.toNanos();
    }

    boolean isUsedUp() {
        return told.requests() == 0;
    }

    /** What is left, evenly over the time that is left: null where that is of no use. */
    @Nullable
    Slow evenly() {
        return isUsedUp() || told.reset().compareTo(SHORT) < 0 ? null : new Slow(told.requests(), told.reset());
    }
}
