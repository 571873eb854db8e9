package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.Brake.Slow;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An evenly refilled bucket.
 *
 * @param capacity how many requests may come at once, at least 1
 */
record Refill(long requests, Duration period, long capacity) {

    /** As it is while the provider asks for less. */
    Refill slowedBy(@Nullable Slow slow) {
        return slow == null
                ? this
                : new Refill(slow.requests(), slow.period(), Math.min(capacity, Math.ceilDiv(slow.requests(), 4)));
    }

    /** Empty at first: nobody knows how many requests have just been sent. */
    BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(limit ->
                        limit.capacity(capacity).refillGreedy(requests, period).initialTokens(0))
                .build();
    }

    /** In requests a second. */
    double rate() {
        return requests * 1e9 / period.toNanos();
    }
}
