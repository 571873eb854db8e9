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
    private final LongFunction<PermitGrant> lender;
    private final Consumer<ThrottleSignal> teller;
    private final MonotonicClock time;
    private final RandomGenerator random;
    private long lent;
    private long held;
    private long until;
    private long nextLoan;
    /** Used while several callers wait: sooner, so a process with more waiting callers leases more permits. */
    private long nextLoanOfSeveral;

    /** @param lender gets the number of permits to lease, and throws if it does not know how many there are */
    LeasedRateLimiter(
            LeaseConfig terms,
            LongFunction<PermitGrant> lender,
            Consumer<ThrottleSignal> teller,
            MonotonicClock time,
            RandomGenerator random) {
        this.terms = terms;
        this.lender = lender;
        this.teller = teller;
        this.time = time;
        this.random = random;
        this.until = time.nanos();
        this.nextLoan = until;
        this.nextLoanOfSeveral = until;
    }

    @Override
    public long take(int waiting, int callers) {
        long now = time.nanos();
        if (held > 0 && now - until < 0) {
            held--;
            return 0;
        }
        if (untilNextLoan(callers, now) > 0) {
            return Math.min(untilNextLoan(callers, now), ANOTHER_CALLER);
        }
        lease(waiting, now);
        // Also asked when the loan was long under way: then it has ended already.
        now = time.nanos();
        if (held > 0 && now - until < 0) {
            held--;
            return 0;
        }
        return Math.clamp(untilNextLoan(callers, now), 1, ANOTHER_CALLER);
    }

    private long untilNextLoan(int callers, long now) {
        return (callers > 1 ? nextLoanOfSeveral : nextLoan) - now;
    }

    private void lease(int waiting, long now) {
        long asked = Math.max(waiting, Math.min(used(now), terms.refilledMeanwhile()));
        held = 0;
        // If the loan fails, the next request waits before it asks for another one.
        nextLoan = now + pause();
        nextLoanOfSeveral = nextLoan;
        var loan = lender.apply(asked);
        lent = loan.permits();
        held = lent;
        until = now + terms.usable().toNanos();
        nextLoan = now + (lent == asked ? 0 : wait(loan, pause()));
        nextLoanOfSeveral = now + (lent == asked ? 0 : wait(loan, terms.length().toNanos() / SOONER));
    }

    private long wait(PermitGrant loan, long pause) {
        return Math.min(Math.max(loan.nanosToNext(), Math.min(pause, toHalfABurst(loan))), LOOK_AGAIN);
    }

    /** A lease that is used up early was too small. */
    private long used(long now) {
        return held == 0 && now - until < 0 ? 2 * lent : lent - held;
    }

    /** Long enough that many permits come in one loan; never the same, so that all who share have their chance. */
    private long pause() {
        return (long) (terms.length().toNanos() * random.nextDouble(0.5, 1));
    }

    /** A full bucket takes no more permits, so a longer wait would waste some. */
    private long toHalfABurst(PermitGrant loan) {
        var refill = terms.refill();
        return loan.nanosToNext() + (long) ((refill.capacity() - 1) / 2.0 / refill.rate() * 1e9);
    }

    @Override
    public void publish(ThrottleSignal brake) {
        teller.accept(brake);
    }
}
