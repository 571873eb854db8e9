package dev.deprovisioner.upstream;

import java.time.Duration;

/** Something that the provider asks for, and that can only make us slower than we are. */
sealed interface Brake {

    /** As long as a run goes on trying by default: whatever a header says, somebody asks again after that. */
    Duration LONGEST = Duration.ofDays(1);

    /** No request for so long, at most {@link #LONGEST}. */
    record Pause(Duration length) implements Brake {

        public Pause {
            length = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        }
    }

    /** No more than so many requests, at least one, in each such period: for as long as one from now. */
    record Slow(long requests, Duration period) implements Brake {

        /** In requests a second. */
        double rate() {
            return requests * 1e9 / period.toNanos();
        }
    }

    /**
     * No more than so many requests, maybe none, until that time is over: what is left of the provider's window.
     *
     * @param reset in whole seconds, the last of which has begun
     */
    record Left(long requests, Duration reset) implements Brake {}
}
