package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.Brake.Pause;
import dev.deprovisioner.upstream.Brake.Slow;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the provider asks for at present, as far as this process knows, by its monotonic clock. */
final class Brakes {

    /** What is a little slower than what was said before is not worth telling. */
    private static final double SLOWER = 0.9;

    /** Whole seconds that are left of a minute, and answers under way, make an even pace look too fast now and then. */
    private static final double SLOWER_BY_ESTIMATE = 0.75;

    private final TimeMeter time;
    private final double rate;
    private long pausedUntil;
    private long slowUntil;
    private @Nullable Slow slow;

    /** @param rate in requests a second: what we send by ourselves, or infinite */
    Brakes(TimeMeter time, double rate) {
        this.time = time;
        this.rate = rate;
        this.pausedUntil = time.currentTimeNanos();
    }

    /** @return whether it makes us slower than we were */
    synchronized boolean apply(Brake brake) {
        return switch (brake) {
            case Pause(var length) -> pause(length);
            case Slow slower -> slow(slower, slower.period());
        };
    }

    private boolean pause(Duration length) {
        long until = time.currentTimeNanos() + length.toNanos();
        boolean longer = length.isPositive() && until - pausedUntil > 0;
        pausedUntil = longer ? until : pausedUntil;
        return longer;
    }

    /** @param left how much of the period is left */
    synchronized boolean slow(Slow slower, Duration left) {
        var now = slow();
        double own = slower.estimate() ? rate * SLOWER_BY_ESTIMATE : rate;
        double bound = now == null ? own : now.rate() * SLOWER;
        if (slower.rate() >= bound || Double.isInfinite(rate) || left.compareTo(Brake.LONGEST) > 0) {
            return false;
        }
        slow = slower;
        slowUntil = time.currentTimeNanos() + left.toNanos();
        return true;
    }

    /** In nanoseconds; zero or less when there is none. */
    synchronized long pauseLeft() {
        return pausedUntil - time.currentTimeNanos();
    }

    /** Null while we go as fast as we may by ourselves. */
    synchronized @Nullable Slow slow() {
        if (slow != null && slowUntil - time.currentTimeNanos() <= 0) {
            slow = null;
        }
        return slow;
    }
}
