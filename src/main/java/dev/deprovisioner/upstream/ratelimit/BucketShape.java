package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An evenly refilled bucket.
 *
 * @param capacity how many requests may come at once, at least 1
 */
record BucketShape(long requests, Duration period, long capacity) {

    /** Behind what we may send by ourselves. */
    private static final int WINDOW = 1;

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    /** The library's bound is a permit a nanosecond. */
    private static final long MOST_AT_ONCE = AT_ONCE.toNanos();

    /**
     * Permits that are leased in a period, or just before it, may all be sent within the period. So the capacity is the
     * burst less the refill in a lease's length, as if leased permits were still in the bucket. If a burst is too small for that,
     * the rate is lower.
     *
     * @param lease how long permits are leased, or zero if they are used at once
     */
    static BucketShape of(long requests, Duration period, long burst, Duration lease) {
        long millis = period.toMillis();
        long capacity = Math.max(1, burst - requests * lease.toMillis() / millis);
        // The most for which capacity and what is refilled in a period and a lease are, in whole permits, as allowed.
        long more = requests + burst + 1 - capacity;
        long fewer = Math.ceilDiv(more * millis, millis + lease.toMillis()) - 1;
        return new BucketShape(Math.clamp(fewer, 1, requests), period, capacity);
    }

    /** As it is while the provider asks for less: with a tenth of that at once, as we have of our own limit. */
    BucketShape slowedBy(@Nullable RateCap slow, Duration lease) {
        if (slow == null) {
            return this;
        }
        var slowed = of(slow.requests(), slow.period(), Math.ceilDiv(slow.requests(), 10), lease);
        var slower = slowed.rate() < rate() ? slowed : this;
        return new BucketShape(slower.requests, slower.period, Math.min(capacity, slowed.capacity));
    }

    /**
     * The bucket is empty at first, because the number of requests that were just sent is unknown.
     *
     * @param window from which permits are taken too, by the bucket's clock; or null
     */
    BucketConfiguration configuration(@Nullable QuotaWindow window) {
        var configuration = BucketConfiguration.builder()
                .addLimit(limit ->
                        limit.capacity(capacity).refillGreedy(requests, period).initialTokens(0));
        if (window != null) {
            // Refilled only at its end, and at once from then on, for processes that do not remove it. If the provider
            // reports the same window again, fewer permits stay fewer.
            var end = Instant.EPOCH.plusNanos(window.end());
            configuration.addLimit(limit -> limit.capacity(window.left())
                    .refillIntervallyAligned(Math.min(window.left(), MOST_AT_ONCE), AT_ONCE, end)
                    .initialTokens(window.left())
                    .id("window until " + window.end()));
        }
        return configuration.build();
    }

    /** Whether nothing is left of the window, if there is one. */
    static boolean isWindowUsedUp(BucketState state) {
        return state.getConfiguration().getBandwidths().length > WINDOW && state.getCurrentSize(WINDOW) < 1;
    }

    /** In requests a second. */
    double rate() {
        return requests * 1e9 / period.toNanos();
    }
}
