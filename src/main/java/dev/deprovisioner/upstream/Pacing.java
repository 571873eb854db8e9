package dev.deprovisioner.upstream;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.retry.backoff.Sleeper;

/** Keeps all requests of this process under the provider's rate limit, and still while it asks for a pause. */
final class Pacing {

    private final @Nullable Bucket bucket;
    private final TimeMeter time;
    private final Sleeper sleeper;
    private final Timer waits;
    private final AtomicLong pausedUntil;

    Pacing(UpstreamProperties properties, TimeMeter time, Sleeper sleeper, MeterRegistry meters) {
        var limit = properties.rateLimit();
        this.bucket = limit.requests() == 0
                ? null
                : Bucket.builder()
                        .withCustomTimePrecision(time)
                        // Empty at first: nobody knows how many requests the process before this one has just sent.
                        .addLimit(b -> b.capacity(limit.capacity())
                                .refillGreedy(limit.requests(), limit.period())
                                .initialTokens(0))
                        .build();
        this.time = time;
        this.sleeper = sleeper;
        this.waits = Timer.builder("upstream.pacing.wait")
                .description("Time that requests waited for the rate limit or a pause that the provider asked for")
                .register(meters);
        this.pausedUntil = new AtomicLong(time.currentTimeNanos());
    }

    /** No request of this process is sent before the pause is over. */
    void pause(Duration pause) {
        long until = time.currentTimeNanos() + pause.toNanos();
        pausedUntil.accumulateAndGet(until, (a, b) -> a - b > 0 ? a : b);
    }

    /**
     * Waits for this request's turn.
     *
     * @param longestPause the longest that is worth waiting for
     * @throws FailedTry if the pause is longer
     */
    void acquire(Duration longestPause) throws InterruptedException {
        long began = time.currentTimeNanos();
        if (bucket != null) {
            bucket.asBlocking().consume(1, this::sleep);
        }
        for (long left = pauseLeft(); left > 0; left = pauseLeft()) {
            if (left > longestPause.toNanos()) {
                throw new FailedTry(
                        FailedTry.Reason.THROTTLED, "a pause that the provider asked for", Duration.ofNanos(left));
            }
            sleep(left);
        }
        waits.record(time.currentTimeNanos() - began, TimeUnit.NANOSECONDS);
    }

    private long pauseLeft() {
        return pausedUntil.get() - time.currentTimeNanos();
    }

    private void sleep(long nanos) throws InterruptedException {
        sleeper.sleep(Math.ceilDiv(nanos, 1_000_000));
    }
}
