package dev.deprovisioner.upstream;

import io.github.bucket4j.TimeMeter;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * The limit of many processes. Permits are leased, as many as those who wait need and as were used of late, and what is
 * not used when the lease ends is discarded.
 */
final class LeasedLimit implements Limit {

    private final LeaseTerms terms;
    private final LongFunction<Loan> lender;
    private final Consumer<Brake> teller;
    private final TimeMeter time;
    private final RandomGenerator random;
    private long lent;
    private long held;
    private long until;
    private long nextLoan;

    /** @param lender is told how many permits are asked for, and throws if it does not know how many there are */
    LeasedLimit(
            LeaseTerms terms,
            LongFunction<Loan> lender,
            Consumer<Brake> teller,
            TimeMeter time,
            RandomGenerator random) {
        this.terms = terms;
        this.lender = lender;
        this.teller = teller;
        this.time = time;
        this.random = random;
        this.until = time.currentTimeNanos();
        this.nextLoan = until;
    }

    @Override
    public long take(int waiting) {
        long now = time.currentTimeNanos();
        if (held > 0 && now - until < 0) {
            held--;
            return 0;
        }
        if (nextLoan - now > 0) {
            return nextLoan - now;
        }
        lease(waiting, now);
        // Also asked when the loan was long under way: then it has ended already.
        now = time.currentTimeNanos();
        if (held > 0 && now - until < 0) {
            held--;
            return 0;
        }
        return Math.max(nextLoan - now, 1);
    }

    private void lease(int waiting, long now) {
        long asked = Math.max(waiting, Math.min(used(now), terms.refilledMeanwhile()));
        held = 0;
        // If there is no loan, nobody else asks at once.
        nextLoan = now + pause();
        var loan = lender.apply(asked);
        lent = loan.permits();
        held = lent;
        until = now + terms.usable().toNanos();
        long wait = Math.max(loan.nanosToNext(), Math.min(pause(), toHalfABurst(loan)));
        nextLoan = now + (lent == asked ? 0 : Math.min(wait, LOOK_AGAIN));
    }

    /** What is used up early was too little. */
    private long used(long now) {
        return held == 0 && now - until < 0 ? 2 * lent : lent - held;
    }

    /** Long enough that many permits come in one loan; never the same, so that all who share have their chance. */
    private long pause() {
        return (long) (terms.length().toNanos() * random.nextDouble(0.5, 1));
    }

    /** A bucket that is full takes no more: who waits longer than that wastes some. */
    private long toHalfABurst(Loan loan) {
        var refill = terms.refill();
        return loan.nanosToNext() + (long) ((refill.capacity() - 1) / 2.0 / refill.rate() * 1e9);
    }

    @Override
    public void tell(Brake brake) {
        teller.accept(brake);
    }
}
