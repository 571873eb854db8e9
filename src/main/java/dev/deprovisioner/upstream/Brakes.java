package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.Brake.Left;
import dev.deprovisioner.upstream.Brake.Pause;
import dev.deprovisioner.upstream.Brake.Slow;
import dev.deprovisioner.upstream.UpstreamProperties.RateLimit;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the provider asks for at present, as far as this process knows, by its monotonic clock. */
final class Brakes {

    /** Permits that come in loans, and others who use them, make an even pace look a little too fast now and then. */
    private static final double NOT_EVEN = 0.75;

    private final TimeMeter time;
    private final RateLimit own;
    private long pausedUntil;
    private @Nullable Slow policy;
    private long policyUntil;
    private @Nullable Window window;
    private @Nullable Tally tally;

    /** @param own what we send by ourselves */
    Brakes(TimeMeter time, RateLimit own) {
        this.time = time;
        this.own = own;
        this.pausedUntil = time.currentTimeNanos();
    }

    /**
     * @param inFlight how many requests the provider may not have counted yet when it asked
     * @return what the others who share the limit have to know, or null
     */
    synchronized @Nullable Brake apply(Brake brake, int inFlight) {
        return switch (brake) {
            case Pause(var length) -> pause(length) ? brake : null;
            case Slow slow -> policy(slow, slow.period()) ? brake : null;
            case Left left -> left(left, inFlight);
        };
    }

    /** @return whether it is longer than we knew */
    synchronized boolean pause(Duration length) {
        long until = in(length);
        boolean longer = length.isPositive() && until - pausedUntil > 0;
        pausedUntil = longer ? until : pausedUntil;
        return longer;
    }

    /** @param left how much of the time that it is asked for is left */
    synchronized boolean policy(Slow asked, Duration left) {
        var now = policy();
        boolean slower = asked.rate() < (now == null ? own.rate() : now.rate());
        // Each answer asks for it again: that is told when half of the time is over.
        boolean renewed = asked.equals(now) && in(left.dividedBy(2)) - policyUntil > 0;
        if (own.requests() == 0 || left.compareTo(Brake.LONGEST) > 0 || !(slower || renewed)) {
            return false;
        }
        policy = asked;
        policyUntil = in(left);
        return true;
    }

    private @Nullable Left left(Left told, int inFlight) {
        long until = in(told.reset());
        if (tally != null && tally.end() - time.currentTimeNanos() > 0 && Window.isSame(tally.end(), until)) {
            tally.add(told);
        } else {
            tally = new Tally(until, told, inFlight);
        }
        var now = window();
        if (now == null) {
            return mayBeTooFew(told, inFlight) ? known(told, until) : null;
        }
        long left = tally.left(now.told().requests(), inFlight);
        return left == now.told().requests() ? null : known(new Left(left, told.reset()), until);
    }

    private Left known(Left told, long until) {
        var now = window;
        window = now != null && Window.isSame(now.until(), until)
                ? new Window(now.id(), told, now.until())
                : new Window(until, told, until);
        return told;
    }

    private boolean mayBeTooFew(Left told, int inFlight) {
        double most =
                own.requests() == 0 ? 0 : inFlight + own.rate() * told.reset().toSeconds() + own.capacity();
        return told.requests() == 0 || told.requests() < most;
    }

    /** As those who share the limit know it. */
    synchronized void window(long id, Left told, Duration left) {
        window = new Window(id, told, in(left));
    }

    /** Endless where nothing is known of a window. */
    synchronized long toNextWindow() {
        var now = window();
        return now == null ? Long.MAX_VALUE : now.until() - time.currentTimeNanos();
    }

    private long in(Duration length) {
        return time.currentTimeNanos() + length.toNanos();
    }

    /** In nanoseconds; zero or less when there is none. */
    synchronized long pauseLeft() {
        var now = window();
        long until = now != null && now.isUsedUp() && now.until() - pausedUntil > 0 ? now.until() : pausedUntil;
        return until - time.currentTimeNanos();
    }

    /** Null while we go as fast as we may by ourselves. */
    synchronized @Nullable Slow slow() {
        var asked = policy();
        var now = window();
        var evenly = now == null ? null : now.evenly();
        double most = asked == null ? NOT_EVEN * own.rate() : asked.rate();
        return evenly != null && evenly.rate() < most ? evenly : asked;
    }

    private @Nullable Slow policy() {
        if (policy != null && policyUntil - time.currentTimeNanos() <= 0) {
            policy = null;
        }
        return policy;
    }

    /** Null while nobody has said that less is left than we might send. */
    synchronized @Nullable Window window() {
        if (window != null && window.until() - time.currentTimeNanos() <= 0) {
            window = null;
        }
        return window;
    }
}
