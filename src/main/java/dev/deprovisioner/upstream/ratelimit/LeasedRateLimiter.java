package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.clock.MonotonicClock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * The rate limit of several processes. A process leases as many permits as its waiting requests need and as it used
 * recently. Unused permits are discarded at the end of the lease.
 */
final class LeasedRateLimiter implements RateLimiter {

    /** Another request may have arrived during the wait. */
    private static final long ANOTHER_CALLER = Duration.ofMillis(100).toNanos();

    private static final int SOONER = 10;

    private final LeaseConfig terms;
    private final LongFunction<PermitGrant> grants;
    private final Consumer<ThrottleSignal> publisher;
    private final MonotonicClock time;
    private final RandomGenerator random;
    private long granted;
    private long held;
    private long until;
    private long nextGrant;
    /** Used while several callers wait: sooner, so a process with more waiting callers leases more permits. */
    private long nextGrantOfSeveral;

    /** @param grants gets the number of permits to lease, and throws if it does not know how many there are */
    LeasedRateLimiter(
            LeaseConfig terms,
            LongFunction<PermitGrant> grants,
            Consumer<ThrottleSignal> publisher,
            MonotonicClock time,
            RandomGenerator random) {
        this.terms = terms;
        this.grants = grants;
        this.publisher = publisher;
        this.time = time;
        this.random = random;
        this.until = time.nanos();
        this.nextGrant = until;
        this.nextGrantOfSeveral = until;
    }

    @Override
    public long take(int waiting, int callers) {
        long now = time.nanos();
        if (held > 0 && now - until < 0) {
            held--;
            return 0;
        }
        if (untilNextGrant(callers, now) > 0) {
            return Math.min(untilNextGrant(callers, now), ANOTHER_CALLER);
        }
        lease(waiting, now);
        // Also asked when the grant was long under way: then it has ended already.
        now = time.nanos();
        if (held > 0 && now - until < 0) {
            held--;
            return 0;
        }
        return Math.clamp(untilNextGrant(callers, now), 1, ANOTHER_CALLER);
    }

    private long untilNextGrant(int callers, long now) {
        return (callers > 1 ? nextGrantOfSeveral : nextGrant) - now;
    }

    private void lease(int waiting, long now) {
        long asked = Math.max(waiting, Math.min(used(now), terms.refilledMeanwhile()));
        held = 0;
        // If the grant fails, the next request waits before it asks for another one.
        nextGrant = now + pause();
        nextGrantOfSeveral = nextGrant;
        var grant = grants.apply(asked);
        granted = grant.permits();
        held = granted;
        until = now + terms.usable().toNanos();
        nextGrant = now + (granted == asked ? 0 : wait(grant, pause()));
        nextGrantOfSeveral =
                now + (granted == asked ? 0 : wait(grant, terms.length().toNanos() / SOONER));
    }

    private long wait(PermitGrant grant, long pause) {
        return Math.min(Math.max(grant.nanosToNext(), Math.min(pause, toHalfABurst(grant))), LOOK_AGAIN);
    }

    /** A lease that is used up early was too small. */
    private long used(long now) {
        return held == 0 && now - until < 0 ? 2 * granted : granted - held;
    }

    /** Long enough that many permits come in one grant; never the same, so that all who share have their chance. */
    private long pause() {
        return (long) (terms.length().toNanos() * random.nextDouble(0.5, 1));
    }

    /** A full bucket takes no more permits, so a longer wait would waste some. */
    private long toHalfABurst(PermitGrant grant) {
        var refill = terms.refill();
        return grant.nanosToNext() + (long) ((refill.capacity() - 1) / 2.0 / refill.rate() * 1e9);
    }

    @Override
    public void publish(ThrottleSignal signal) {
        publisher.accept(signal);
    }
}
