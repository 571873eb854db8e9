package dev.deprovisioner.upstream.ratelimit;

import static io.github.bucket4j.TokensInheritanceStrategy.AS_IS;

import dev.deprovisioner.clock.MonotonicClock;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;

/** The limit of a process that is alone, in its memory. */
final class LocalRateLimiter implements RateLimiter {

    private final BucketShape own;
    private final ProviderThrottle throttle;
    private final Bucket bucket;
    private BucketShape current;

    LocalRateLimiter(RateLimit limit, ProviderThrottle throttle, MonotonicClock time) {
        this.own = BucketShape.of(limit);
        this.throttle = throttle;
        this.current = own;
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(new Meter(time))
                .addLimit(own.bandwidth())
                .build();
    }

    private record Meter(MonotonicClock time) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return time.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Override
    public long take(int callers) {
        var wanted = own.slowedBy(throttle.slow());
        if (!wanted.equals(current)) {
            bucket.replaceConfiguration(
                    BucketConfiguration.builder().addLimit(wanted.bandwidth()).build(), AS_IS);
            current = wanted;
        }
        long toNextWindow = throttle.untilNextWindow();
        return Math.min(toNextWindow > 0 ? toNextWindow : take(), LOOK_AGAIN);
    }

    private long take() {
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            throttle.countSent();
        }
        return probe.getNanosToWaitForRefill();
    }

    @Override
    public void publish(ThrottleSignal signal) {
        // No other process shares this limit.
    }
}
