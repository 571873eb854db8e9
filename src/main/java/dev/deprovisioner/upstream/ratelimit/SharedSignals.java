package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import java.time.Duration;

/** What the provider asks for, shared by processes that keep no limit of their own. */
final class SharedSignals implements RateLimiter {

    private static final long LOOK = Duration.ofSeconds(1).toNanos();

    private final PostgresBucket bucket;
    private final MonotonicClock time;
    private long nextLook;

    SharedSignals(PostgresBucket bucket, MonotonicClock time) {
        this.bucket = bucket;
        this.time = time;
        this.nextLook = time.nanos();
    }

    @Override
    public long take(int callers) {
        long now = time.nanos();
        if (now - nextLook >= 0) {
            bucket.observe();
            nextLook = now + LOOK;
        }
        return 0;
    }

    @Override
    public void publish(ThrottleSignal signal) {
        bucket.publish(signal);
    }
}
