package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.DatabaseKind;
import java.time.Duration;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How many requests may be sent by all processes that share the limit. */
public interface RateLimiter {

    /** Nanoseconds; a longer wait looks at the limit in between, because another process may have changed it. */
    long LOOK_AGAIN = Duration.ofSeconds(10).toNanos();

    /**
     * Takes a permit for a request that is sent now. Never asked by two at a time.
     *
     * @param callers how many callers have requests that wait, with this one
     * @return 0 if it was taken; else how long to wait before asking again, in nanoseconds, at most {@link #LOOK_AGAIN}
     */
    long take(int callers);

    /** Shares what the provider asks for with the other processes. */
    void publish(ThrottleSignal signal);

    /** Shared by all processes of one database server; an embedded database belongs to this process alone. */
    static RateLimiter of(
            RateLimit limit,
            ProviderThrottle throttle,
            MonotonicClock time,
            @Nullable DataSource database,
            RandomGenerator random) {
        if (database != null && DatabaseKind.of(database) == DatabaseKind.POSTGRESQL) {
            return shared(limit, new PostgresBucket(database, limit, throttle), time, random);
        }
        return limit.requests() == 0 ? none() : new LocalRateLimiter(limit, throttle, time);
    }

    private static RateLimiter shared(
            RateLimit limit, PostgresBucket bucket, MonotonicClock time, RandomGenerator random) {
        return limit.requests() == 0
                ? new SharedSignals(bucket, time)
                : new SharedRateLimiter(BucketShape.of(limit), bucket::take, bucket::publish, time, random);
    }

    /** For a provider that needs none. */
    static RateLimiter none() {
        return new RateLimiter() {
            @Override
            public long take(int callers) {
                return 0;
            }

            @Override
            public void publish(ThrottleSignal signal) {
                // No other process shares this limit.
            }
        };
    }
}
