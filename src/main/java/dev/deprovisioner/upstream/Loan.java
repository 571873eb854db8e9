package dev.deprovisioner.upstream;

import io.github.bucket4j.VerboseResult;

/**
 * Permits that a lender gives.
 *
 * @param permits at most as many as were asked for
 * @param nanosToNext when there will be another one, if fewer were given
 * @param windowIsUsedUp whether nothing is left of the provider's window, if one is counted
 */
record Loan(long permits, long nanosToNext, boolean windowIsUsedUp) {

    /** Without a window. */
    Loan(long permits, long nanosToNext) {
        this(permits, nanosToNext, false);
    }

    /** @param taken as many as were asked for and as there were */
    static Loan of(VerboseResult<Long> taken) {
        var state = taken.getState();
        long toNext = state.calculateDelayNanosAfterWillBePossibleToConsume(1, taken.getOperationTimeNanos(), false);
        return new Loan(taken.getValue(), toNext, Refill.isWindowUsedUp(state));
    }

    /** With what was given after that. */
    Loan and(Loan further) {
        return new Loan(permits + further.permits, further.nanosToNext, further.windowIsUsedUp);
    }
}
