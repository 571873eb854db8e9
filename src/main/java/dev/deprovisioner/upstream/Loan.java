package dev.deprovisioner.upstream;

import io.github.bucket4j.VerboseResult;

/**
 * What a lender gives.
 *
 * @param permits at most as many as were asked for
 * @param nanosToNext when there will be another one, if fewer were given
 */
record Loan(long permits, long nanosToNext) {

    /**
     * @param taken from the bucket: as many as were asked for and as there were
     * @param nanosToNextWindow the bucket does not know of that one
     */
    static Loan of(VerboseResult<Long> taken, long nanosToNextWindow) {
        long toNext = taken.getState()
                .calculateDelayNanosAfterWillBePossibleToConsume(1, taken.getOperationTimeNanos(), false);
        return new Loan(taken.getValue(), Math.min(toNext, nanosToNextWindow));
    }
}
