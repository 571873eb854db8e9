package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import io.github.bucket4j.Bandwidth;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An evenly refilled bucket.
 *
 * @param capacity how many requests may come at once, at least 1
 */
record BucketShape(long requests, Duration period, long capacity) {

    /** By how much the ways of two requests to the provider may differ. */
    private static final Duration JITTER = Duration.ofMillis(100);

    /** Requests that are sent one after the other may arrive together: so the capacity is less, but at least half a burst. */
    static BucketShape of(RateLimit limit) {
        long together = limit.requests() * JITTER.toMillis() / limit.period().toMillis();
        long capacity = limit.capacity() - Math.min(together, limit.capacity() / 2);
        return new BucketShape(limit.requests(), limit.period(), capacity);
    }

    /** As it is while the provider asks for less: with a tenth of that at once, as we have of our own limit. */
    BucketShape slowedBy(@Nullable RateCap slow) {
        if (slow == null) {
            return this;
        }
        long atOnce = Math.min(capacity, Math.ceilDiv(slow.requests(), 10));
        return slow.rate() < rate()
                ? new BucketShape(slow.requests(), slow.period(), atOnce)
                : new BucketShape(requests, period, atOnce);
    }

    /** The bucket is empty at first, because the number of requests that were just sent is unknown. */
    Bandwidth bandwidth() {
        return Bandwidth.builder()
                .capacity(capacity)
                .refillGreedy(requests, period)
                .initialTokens(0)
                .build();
    }

    /** In requests a second. */
    double rate() {
        return requests * 1e9 / period.toNanos();
    }
}
