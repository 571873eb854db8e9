package dev.deprovisioner.upstream.ratelimit;

import java.time.Duration;

/**
 * How long permits are leased, and how many, so that a limit holds whenever they are used.
 *
 * @param length at most a second
 */
record LeaseConfig(Duration length, BucketShape refill) {

    private static final Duration LONGEST = Duration.ofSeconds(1);
    /** Below that, the way to the database would take most of it. */
    private static final long SHORTEST_MILLIS = 50;

    /** @param limit of at least one request */
    static LeaseConfig of(RateLimit limit) {
        long period = limit.period().toMillis();
        long halfABurst = limit.capacity() * period / (2L * limit.requests());
        long length = Math.clamp(halfABurst, SHORTEST_MILLIS, LONGEST.toMillis());
        var lease = Duration.ofMillis(length);
        return new LeaseConfig(lease, BucketShape.of(limit.requests(), limit.period(), limit.capacity(), lease));
    }

    /** Without a limit, the requests of the provider are looked up as often as with the longest lease. */
    static LeaseConfig unlimited() {
        return new LeaseConfig(LONGEST, new BucketShape(Integer.MAX_VALUE, LONGEST, Integer.MAX_VALUE));
    }

    /** How long permits may be used: the rest is for the way to the provider. */
    Duration usable() {
        return length.multipliedBy(9).dividedBy(10);
    }

    /** The refill in a lease's length. More than that is leased only for requests that wait already. */
    long refilledMeanwhile() {
        return Math.max(1, Math.round(refill.rate() * length.toNanos() / 1e9));
    }
}
