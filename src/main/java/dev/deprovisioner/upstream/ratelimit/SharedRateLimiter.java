package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The rate limit of several processes. Each permit is taken from what they share, for a request that is sent at once. */
final class SharedRateLimiter implements RateLimiter {

    /** A permit that was longer under way was for a moment that is over. */
    private static final long FRESH = Duration.ofSeconds(1).toNanos();
    /** Another request may have arrived during the wait. */
    private static final long ANOTHER_CALLER = Duration.ofMillis(100).toNanos();

    private static final double SHORTEST_PAUSE = 50e6;
    private static final int SOONER = 10;

    private final BucketShape shape;
    private final LongSupplier permits;
    private final Consumer<ThrottleSignal> publisher;
    private final MonotonicClock time;
    private final RandomGenerator random;
    private long nextTry;
    /** Used while several callers wait: sooner, so a process with more waiting callers gets more permits. */
    private long nextTryOfSeveral;

    /** @param permits takes one: 0 if it could, else the nanoseconds until there is one; throws if it does not know */
    SharedRateLimiter(
            BucketShape shape,
            LongSupplier permits,
            Consumer<ThrottleSignal> publisher,
            MonotonicClock time,
            RandomGenerator random) {
        this.shape = shape;
        this.permits = permits;
        this.publisher = publisher;
        this.time = time;
        this.random = random;
        tryAgain(time.nanos(), 0, 0);
    }

    @Override
    public long take(int callers) {
        long now = time.nanos();
        long wait = (callers > 1 ? nextTryOfSeveral : nextTry) - now;
        if (wait > 0) {
            return Math.min(wait, ANOTHER_CALLER);
        }
        // If this one fails, the next request waits before it tries.
        tryAgain(now, ANOTHER_CALLER, 0);
        long toNext = permits.getAsLong();
        long answered = time.nanos();
        tryAgain(answered, Math.min(toNext, LOOK_AGAIN), toNext == 0 ? 0 : pause());
        return toNext == 0 && answered - now < FRESH ? 0 : Math.clamp(toNext, 1, ANOTHER_CALLER);
    }

    private void tryAgain(long now, long toNext, long pause) {
        nextTry = now + Math.max(toNext, pause);
        nextTryOfSeveral = now + Math.max(toNext, pause / SOONER);
    }

    /**
     * Never the same, so that all who share have their chance. At most as long as half a burst takes to come: a full bucket
     * takes no more permits, so a longer wait would waste some.
     */
    private long pause() {
        double interval = 1e9 / shape.rate();
        double halfABurst = (shape.capacity() - 1) / 2.0 * interval;
        return (long) Math.min(halfABurst, Math.max(interval, SHORTEST_PAUSE) * random.nextDouble(1, 2));
    }

    @Override
    public void publish(ThrottleSignal signal) {
        publisher.accept(signal);
    }
}
