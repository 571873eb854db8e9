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

    /**
     * No more than so many requests, at least one, in the period that begins now.
     *
     * @param estimate whether that is what happens to be left, which goes up and down a little with every answer
     */
    record Slow(long requests, Duration period, boolean estimate) implements Brake {

        public Slow(long requests, Duration period) {
            this(requests, period, false);
        }

        /** In requests a second. */
        double rate() {
            return requests * 1e9 / period.toNanos();
        }
    }
}
