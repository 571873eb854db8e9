package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.FailedTry.Reason;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.retry.backoff.Sleeper;

/** Keeps all requests under the provider's rate limit, and slower or still while it asks for that. */
final class Pacing {

    private final Slots places;
    private final Limit limit;
    private final Brakes brakes;
    private final TimeMeter time;
    private final Sleeper sleeper;
    private final Timer waits;
    /** One waits for the next permit, for all. */
    private final Slots turns = new Slots(1);

    /** @param places in which requests wait here; others wait for one of these */
    Pacing(Slots places, Limit limit, Brakes brakes, TimeMeter time, Sleeper sleeper, MeterRegistry meters) {
        this.places = places;
        this.limit = limit;
        this.brakes = brakes;
        this.time = time;
        this.sleeper = sleeper;
        this.waits = Timer.builder("upstream.pacing.wait")
                .description("Time that requests waited for the rate limit or a pause that the provider asked for")
                .register(meters);
    }

    /**
     * From now on the provider gets no more than it asks for, from whoever shares the limit.
     *
     * @param inFlight how many requests it may not have counted yet when it asked
     */
    void heed(Brake brake, int inFlight) {
        brakes.apply(brake, inFlight).forEach(limit::tell);
    }

    /**
     * Waits for this request's turn.
     *
     * @param turn among all requests
     * @param longestPause the longest that is worth waiting for
     * @throws FailedTry if the pause is longer
     */
    void acquire(Turn turn, Duration longestPause) throws InterruptedException {
        long began = time.currentTimeNanos();
        do {
            awaitPause(longestPause);
        } while (!hasPermit(turn));
        waits.record(time.currentTimeNanos() - began, TimeUnit.NANOSECONDS);
    }

    private void awaitPause(Duration longestPause) throws InterruptedException {
        for (long left = brakes.pauseLeft(); left > 0; left = brakes.pauseLeft()) {
            if (left > longestPause.toNanos()) {
                throw new FailedTry(Reason.THROTTLED, "a pause that the provider asked for", Duration.ofNanos(left));
            }
            sleep(left);
        }
    }

    /** A permit that comes during a pause is lost: it is for now, and not for after that. */
    private boolean hasPermit(Turn turn) throws InterruptedException {
        turns.acquire(turn);
        try {
            while (brakes.pauseLeft() <= 0) {
                long wait = limit.take(turns.waiting() + 1, Math.max(turns.callers(turn), places.callers(turn)));
                if (wait == 0) {
                    return brakes.pauseLeft() <= 0;
                }
                // The limit may know of a pause that somebody else was asked for.
                if (brakes.pauseLeft() <= 0) {
                    sleep(wait);
                }
            }
            return false;
        } finally {
            turns.release();
        }
    }

    private void sleep(long nanos) throws InterruptedException {
        sleeper.sleep(Math.ceilDiv(nanos, 1_000_000));
    }
}
