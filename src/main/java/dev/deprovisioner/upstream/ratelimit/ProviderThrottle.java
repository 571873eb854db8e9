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
    private @Nullable QuotaTracker tally;

    /** @param own what we send by ourselves */
    public ProviderThrottle(MonotonicClock time, RateLimit own) {
        this.time = time;
        this.own = own;
        this.pausedUntil = time.nanos();
    }

    /**
     * @param inFlight how many requests the provider may not have counted yet when it asked
     * @return what the others who share the limit have to know
     */
    synchronized List<ThrottleSignal> apply(ThrottleSignal brake, int inFlight) {
        var news = new ArrayList<ThrottleSignal>();
        switch (brake) {
            case Pause pause -> pause(pause, news);
            case RateCap asked -> slow(asked, news);
            case RemainingQuota left -> left(left, inFlight, news);
        }
        return news;
    }

    /**
     * A window that stays used up for long counts as if the provider had reported it. Each process that shares the window
     * finds that out by itself.
     */
    synchronized void observe(PermitGrant loan) {
        var known = window();
        if (known != null && loan.permits() == 0 && loan.windowIsUsedUp()) {
            long left = Math.min(loan.nanosToNext(), known.end() - time.nanos());
            if (left > RateLimiter.LOOK_AGAIN) {
                pause(new Pause(Duration.ofNanos(left)), new ArrayList<>());
            }
        }
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

    private void left(RemainingQuota told, int inFlight, List<ThrottleSignal> news) {
        var known = window();
        long toldEnd = in(told.reset());
        boolean same = known != null && QuotaWindow.isSame(known.end(), toldEnd);
        if (told.requests() == 0) {
            pause(until(known != null && same ? known.end() : toldEnd), news);
            return;
        }
        if (told.isBetterSpreadThanAt(own.rate())) {
            slow(told.evenly(), news);
        }
        if (known != null && same) {
            long left = tally(told, toldEnd, inFlight).left(known.left(), inFlight);
            if (left != known.left()) {
                count(new QuotaWindow(left, known.end()), told, news);
            }
        } else if ((known == null || told.requests() < known.left()) && mayBeTooFew(told, inFlight)) {
            // Of two limits, the one of which fewer are left is counted.
            var ofThis = tally(told, toldEnd, inFlight);
            long left = known == null ? told.requests() : ofThis.withoutThose(inFlight);
            count(new QuotaWindow(left, toldEnd), told, news);
        }
    }

    private Pause until(long end) {
        return new Pause(Duration.ofNanos(end - time.nanos()));
    }

    private QuotaTracker tally(RemainingQuota told, long toldEnd, int inFlight) {
        if (tally != null && tally.end() - time.nanos() > 0 && QuotaWindow.isSame(tally.end(), toldEnd)) {
            tally.add(told);
        } else {
            tally = new QuotaTracker(toldEnd, told, inFlight);
        }
        return tally;
    }

    private void count(QuotaWindow from, RemainingQuota told, List<ThrottleSignal> news) {
        window = from;
        news.add(new RemainingQuota(from.left(), told.reset()));
    }

    private boolean mayBeTooFew(RemainingQuota told, int inFlight) {
        double most = inFlight + own.rate() * told.reset().toSeconds() + own.capacity();
        return own.requests() > 0 && told.requests() < most;
    }

    /** As those who share the limit know it. */
    synchronized void share(long left, Duration toEnd) {
        window = new QuotaWindow(left, in(toEnd));
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
