package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpHeaders;
import org.springframework.retry.backoff.Sleeper;

/**
 * Keeps all requests within the provider's rate limit and the limit of concurrent requests, and pauses while the
 * provider asks for it. Requests wait in one queue, because separate queues for places and permits would cost two
 * turns.
 *
 * <p>The head of the queue takes the permits, so the {@link RateLimiter} has one caller at a time and needs no lock. It
 * may block on I/O, such as a statement of PostgreSQL; all other requests wait behind it for that long.
 */
public final class Pacing {

    private final Semaphore places;
    private final RateLimiter limit;
    private final ProviderThrottle throttle;
    private final MonotonicClock time;
    private final Sleeper sleeper;
    private final Timer waits;
    /** The request that has passed it waits for a place in flight, and then for the next permit. */
    private final FairGate gate = new FairGate();

    private final ReportedBudget reported;
    /** For how long all who had the turn have waited for permits. */
    private final AtomicLong limited = new AtomicLong();

    /** @param concurrency how many requests may be in flight */
    public Pacing(
            int concurrency,
            RateLimiter limit,
            ProviderThrottle throttle,
            MonotonicClock time,
            Sleeper sleeper,
            MeterRegistry meters) {
        this.places = new Semaphore(concurrency);
        this.limit = limit;
        this.throttle = throttle;
        this.time = time;
        this.sleeper = sleeper;
        this.reported = new ReportedBudget(time);
        this.waits = Timer.builder("upstream.pacing.wait")
                .description("Time that requests waited for the rate limit or a pause that the provider asked for")
                .register(meters);
    }

    /** The access token that a request needs; it may have to be fetched. */
    public interface Bearer {

        String token() throws InterruptedException;

        /** Whether this is still the one to send; never waits. */
        boolean isCurrent(String token);
    }

    /** From now on the processes that share the limit send no more than the provider asks for. */
    public void observe(ThrottleSignal signal) {
        throttle.apply(signal).forEach(limit::publish);
    }

    /** Keeps what an answer says about the provider's rate limit, to be shown. */
    public void report(HttpHeaders headers) {
        reported.observe(headers);
    }

    /** The rest of the provider's rate limit; nothing of it during a pause, empty if it is not known. */
    public Optional<RateBudget> budget() {
        long pause = throttle.pauseLeft();
        return pause > 0 ? Optional.of(reported.usedUp(Duration.ofNanos(pause))) : reported.left();
    }

    /**
     * Waits until this request may be sent. The caller must send it at once, so that permits are not used in a bunch later,
     * and must release its place afterwards.
     *
     * @param turn among all requests
     * @param longestPause the longest that is worth waiting for
     * @param bearer is asked before the request queues, so that fetching a token holds no turn and no place
     * @throws PauseTooLongException if the pause is longer; then there is no place to be released. What the bearer
     *     throws is passed on
     */
    public String acquire(QueueKey turn, Duration longestPause, Bearer bearer) throws InterruptedException {
        long limitedBefore = limited.get();
        long paused = 0;
        String token;
        do {
            paused += awaitPause(longestPause);
            token = bearer.token();
        } while (!hasTurnAndPermit(turn, bearer, token));
        waits.record(paused + limited.get() - limitedBefore, TimeUnit.NANOSECONDS);
        return token;
    }

    public void release() {
        places.release();
    }

    private long awaitPause(Duration longestPause) throws InterruptedException {
        long began = time.nanos();
        for (long left = throttle.pauseLeft(); left > 0; left = throttle.pauseLeft()) {
            if (left > longestPause.toNanos()) {
                throw new PauseTooLongException(Duration.ofNanos(left));
            }
            sleep(left);
        }
        return time.nanos() - began;
    }

    private boolean hasTurnAndPermit(QueueKey turn, Bearer bearer, String token) throws InterruptedException {
        gate.acquire(turn);
        try {
            places.acquire();
            return hasPlaceAndPermit(turn, bearer, token);
        } finally {
            gate.release();
        }
    }

    /**
     * A token that has gone stale in the queue is fetched outside it. It is looked at once: one that is renewed more often
     * than there are permits would else never be sent.
     */
    private boolean hasPlaceAndPermit(QueueKey turn, Bearer bearer, String token) throws InterruptedException {
        boolean stays = false;
        try {
            stays = bearer.isCurrent(token) && hasPermit(turn);
            return stays;
        } finally {
            if (!stays) {
                places.release();
            }
        }
    }

    /** A permit that comes during a pause is lost: it is for now, and not for after that. */
    private boolean hasPermit(QueueKey turn) throws InterruptedException {
        while (throttle.pauseLeft() <= 0) {
            long wait = limit.take(gate.callers(turn));
            if (wait == 0) {
                return throttle.pauseLeft() <= 0;
            }
            // The limit may know of a pause that the provider asked another process for.
            if (throttle.pauseLeft() <= 0) {
                long began = time.nanos();
                sleep(wait);
                limited.addAndGet(time.nanos() - began);
            }
        }
        return false;
    }

    private void sleep(long nanos) throws InterruptedException {
        sleeper.sleep(Math.ceilDiv(nanos, 1_000_000));
    }
}
