package dev.deprovisioner.upstream;

import io.github.bucket4j.VerboseResult;

/**
 * What a lender gives.
 *
 * @param permits at most as many as were asked for
 * @param nanosToNext when there will be another one, if fewer were given
 */
record Loan(long permits, long nanosToNext) {

    /** @param taken as many as were asked for and as there were */
    static Loan of(VerboseResult<Long> taken) {
        long toNext = taken.getState()
                .calculateDelayNanosAfterWillBePossibleToConsume(1, taken.getOperationTimeNanos(), false);
        return new Loan(taken.getValue(), toNext);
    }

    /** With what was given after that. */
    Loan and(Loan further) {
        return new Loan(permits + further.permits, further.nanosToNext);
    }
}
