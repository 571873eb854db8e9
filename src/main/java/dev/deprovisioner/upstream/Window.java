package dev.deprovisioner.upstream;

import java.time.Duration;

/**
 * How many requests a provider that counts in windows takes until the end of the present one.
 *
 * @param left when it was told last, at least 1
 * @param end in nanoseconds, by the clock of whom it is asked from
 */
record Window(long left, long end) {

    /** Ends are told in whole seconds, and an answer is under way for some time. */
    private static final Duration SAME = Duration.ofSeconds(2);

    /** Whether two ends, as they were told, are those of the same window. */
    static boolean isSame(long end, long other) {
        return Math.abs(end - other) <= SAME.toNanos();
    }
}
