package dev.deprovisioner.benchmark.provider;

/** Refills continuously, so that any interval sees at most its burst and what is refilled in that time. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double rate;
    private final int burst;
    private double tokens;
    private long filledAt = System.nanoTime();

    /** @param rate tokens a second */
    TokenBucket(double rate, int burst) {
        this.rate = rate;
        this.burst = burst;
        this.tokens = burst;
    }

    /** @param now by the monotonic clock; requests that arrive at once may come in any order */
    synchronized boolean take(long now) {
        tokens = Math.min(burst, tokens + Math.max(0, now - filledAt) / NANOS * rate);
        filledAt = Math.max(filledAt, now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
