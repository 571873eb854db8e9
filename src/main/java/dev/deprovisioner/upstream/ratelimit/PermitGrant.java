package dev.deprovisioner.upstream.ratelimit;

import io.github.bucket4j.VerboseResult;

/**
 * Permits that a lender gives.
 *
 * @param permits at most as many as were asked for
 * @param nanosToNext when there will be another one, if fewer were given
 * @param windowIsUsedUp whether nothing is left of the provider's window, if one is counted
 */
record PermitGrant(long permits, long nanosToNext, boolean windowIsUsedUp) {

    /** Without a window. */
    PermitGrant(long permits, long nanosToNext) {
        this(permits, nanosToNext, false);
    }

    /** @param taken as many as were asked for and as there were */
    static PermitGrant of(VerboseResult<Long> taken) {
        var state = taken.getState();
        long toNext = state.calculateDelayNanosAfterWillBePossibleToConsume(1, taken.getOperationTimeNanos(), false);
        return new PermitGrant(taken.getValue(), toNext, BucketShape.isWindowUsedUp(state));
    }

    /** With what was given after that. */
    PermitGrant and(PermitGrant further) {
        return new PermitGrant(permits + further.permits, further.nanosToNext, further.windowIsUsedUp);
    }
}
