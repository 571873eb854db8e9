package dev.deprovisioner.upstream;

/**
 * What a lender gives.
 *
 * @param permits at most as many as were asked for
 * @param nanosToNext when there will be another one, if fewer were given
 */
record Loan(long permits, long nanosToNext) {}
