package dev.deprovisioner.upstream.ratelimit;

import static io.github.bucket4j.TokensInheritanceStrategy.AS_IS;

import dev.deprovisioner.clock.MonotonicClock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** The limit of a process that is alone, in its memory. */
final class LocalRateLimiter implements RateLimiter {

    private final BucketShape refill;
    private final ProviderThrottle throttle;
    private final long origin;
    private final Bucket bucket;
    private BucketConfiguration current;

    LocalRateLimiter(RateLimit limit, ProviderThrottle throttle, MonotonicClock time) {
        this.refill = BucketShape.of(limit.requests(), limit.period(), limit.capacity(), Duration.ZERO);
        this.throttle = throttle;
        this.origin = time.nanos();
        this.current = refill.configuration(null);
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(new SinceOrigin(time, origin))
                .addLimit(current.getBandwidths()[0])
                .build();
    }

    /** An end is a time of day to the bucket; the monotonic clock's own may be negative. */
    private record SinceOrigin(MonotonicClock time, long origin) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return time.nanos() - origin;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    @Override
    public long take(int waiting, int callers) {
        var wanted = configuration();
        if (!wanted.equals(current)) {
            bucket.replaceConfiguration(wanted, AS_IS);
            current = wanted;
        }
        var loan = PermitGrant.of(bucket.asVerbose().tryConsumeAsMuchAsPossible(1));
        throttle.observe(loan);
        return loan.permits() == 1 ? 0 : Math.clamp(loan.nanosToNext(), 1, LOOK_AGAIN);
    }

    private BucketConfiguration configuration() {
        var window = throttle.window();
        return refill.slowedBy(throttle.slow(), Duration.ZERO)
                .configuration(window == null ? null : new QuotaWindow(window.left(), window.end() - origin));
    }

    @Override
    public void publish(ThrottleSignal signal) {
        // No other process shares this limit.
    }
}
