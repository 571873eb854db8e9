package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The current limits by the provider, as far as this process knows them, by its monotonic clock. */
public final class ProviderThrottle {

    /** A rate that is only a little slower than the previous one is not worth sharing. */
    private static final double SLOWER = 0.9;

    private final MonotonicClock time;
    private final RateLimit own;
    private long pausedUntil;
    private @Nullable RateCap slow;
    private long slowUntil;
    private @Nullable QuotaWindow window;

    /** @param own what we send by ourselves */
    public ProviderThrottle(MonotonicClock time, RateLimit own) {
        this.time = time;
        this.own = own;
        this.pausedUntil = time.nanos();
    }

    /** @return what the others who share the limit have to know */
    synchronized List<ThrottleSignal> apply(ThrottleSignal signal) {
        var news = new ArrayList<ThrottleSignal>();
        switch (signal) {
            case Pause pause -> pause(pause, news);
            case RateCap asked -> slow(asked, news);
            case RemainingQuota left -> applyRemaining(left, news);
        }
        return news;
    }

    private void pause(Pause asked, List<ThrottleSignal> news) {
        long until = in(asked.length());
        if (asked.length().isPositive() && until - pausedUntil > 0) {
            pausedUntil = until;
            news.add(asked);
        }
    }

    private void slow(RateCap asked, List<ThrottleSignal> news) {
        var now = slow();
        boolean slower = asked.rate() < (now == null ? own.rate() : SLOWER * now.rate());
        // Each answer asks for it again: the others get the renewal when half of the time is over.
        boolean renewed =
                now != null && asked.rate() == now.rate() && in(asked.lasting().dividedBy(2)) - slowUntil > 0;
        if (own.requests() > 0 && (slower || renewed)) {
            slow = asked;
            slowUntil = in(asked.lasting());
            news.add(asked);
        }
    }

    private void applyRemaining(RemainingQuota reported, List<ThrottleSignal> news) {
        var known = window();
        long reportedEnd = in(reported.reset());
        boolean same = known != null && QuotaWindow.isSame(known.end(), reportedEnd);
        long end = known != null && same ? known.end() : reportedEnd;
        if (reported.requests() == 0) {
            pause(until(end), news);
            return;
        }
        if (reported.isBetterSpreadThanAt(own.rate())) {
            slow(reported.evenly(), news);
        }
        // Of two limits, the one of which fewer are left is counted. Answers may overtake each other.
        boolean fewer = known == null || reported.requests() < known.left();
        if (fewer && (same || mayBeTooFew(reported))) {
            window = new QuotaWindow(reported.requests(), end);
            news.add(reported);
        }
    }

    private Pause until(long end) {
        return new Pause(Duration.ofNanos(end - time.nanos()));
    }

    private boolean mayBeTooFew(RemainingQuota reported) {
        return own.requests() > 0
                && reported.requests() < own.rate() * reported.reset().toSeconds() + own.capacity();
    }

    /** As those who share the limit know it. */
    synchronized void share(long left, Duration toEnd) {
        window = new QuotaWindow(left, in(toEnd));
    }

    /** A request is sent that counts in the window, if there is one. */
    synchronized void countSent() {
        var known = window();
        if (known != null) {
            window = new QuotaWindow(known.left() - 1, known.end());
        }
    }

    /**
     * How long to wait because nothing is left of the window, in nanoseconds; 0 if that is no reason to wait. A long wait
     * counts as if the provider had reported it. Each process that shares the window finds that out by itself.
     */
    synchronized long untilNextWindow() {
        var known = window();
        if (known == null || known.left() > 0) {
            return 0;
        }
        long left = known.end() - time.nanos();
        if (left > RateLimiter.LOOK_AGAIN) {
            pause(until(known.end()), new ArrayList<>());
        }
        return left;
    }

    private long in(Duration length) {
        return time.nanos() + length.toNanos();
    }

    /** In nanoseconds; zero or less when there is none. */
    synchronized long pauseLeft() {
        return pausedUntil - time.nanos();
    }

    /** Null while we go as fast as we may by ourselves. */
    synchronized @Nullable RateCap slow() {
        if (slow != null && slowUntil - time.nanos() <= 0) {
            slow = null;
        }
        return slow;
    }

    /** Null unless an answer has left fewer requests than this service might send. */
    synchronized @Nullable QuotaWindow window() {
        if (window != null && window.end() - time.nanos() <= 0) {
            window = null;
        }
        return window;
    }
}
