package dev.deprovisioner.upstream;

import java.time.Duration;

/** How many requests may be sent by all processes that share the limit. */
interface Limit {

    /** Nanoseconds; a longer wait looks at the limit in between, because another process may have changed it. */
    long LOOK_AGAIN = Duration.ofSeconds(10).toNanos();

    /**
     * Takes a permit for a request that is sent now. Never asked by two at a time.
     *
     * @param waiting how many requests would take one now
     * @param callers of how many callers these are
     * @return 0 if it was taken; else how long to wait before asking again, in nanoseconds, at most {@link #LOOK_AGAIN}
     */
    long take(int waiting, int callers);

    /** Shares what the provider asks for with the other processes. */
    void tell(Brake brake);

    /** For a provider that needs none. */
    static Limit none() {
        return new Limit() {
            @Override
            public long take(int waiting, int callers) {
                return 0;
            }

            @Override
            public void tell(Brake brake) {
                // No other process shares this limit.
            }
        };
    }
}
