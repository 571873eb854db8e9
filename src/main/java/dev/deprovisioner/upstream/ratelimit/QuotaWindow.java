package dev.deprovisioner.upstream.ratelimit;

import java.time.Duration;

/**
 * How many requests a provider that counts in windows takes until the end of the present one.
 *
 * @param left permits that are left: what the provider has reported, less those taken since
 * @param end in nanoseconds, by the monotonic clock
 */
record QuotaWindow(long left, long end) {

    /** Providers report ends in whole seconds, and an answer is in transit for some time. */
    private static final Duration SAME = Duration.ofSeconds(2);

    /** Whether two reported ends are those of the same window. */
    static boolean isSame(long end, long other) {
        return Math.abs(end - other) <= SAME.toNanos();
    }
}
