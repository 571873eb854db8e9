package dev.deprovisioner.upstream;

import java.time.Duration;

/** Something that the provider asks for, and that can only make us slower than we are. */
sealed interface Brake {

    /** The upper bound for what a header may ask for: as long as a run goes on trying by default. */
    Duration LONGEST = Duration.ofDays(1);

    /** No request for so long, at most {@link #LONGEST}. */
    record Pause(Duration length) implements Brake {

        public Pause {
            length = atMostLongest(length);
        }
    }

    /**
     * No more than so many requests, at least one, in each such period.
     *
     * @param lasting for how long from now, at most {@link #LONGEST}
     */
    record Slow(long requests, Duration period, Duration lasting) implements Brake {

        public Slow {
            lasting = atMostLongest(lasting);
        }

        /** Answers say it again and again: it lasts until the next one can be there, if it is kept. */
        static Slow policy(long requests, Duration period) {
            return new Slow(
                    requests, period, period.plus(period.dividedBy(requests)).plus(RateLimit.LONGEST_REQUEST));
        }

        /** In requests a second. */
        double rate() {
            return requests * 1e9 / period.toNanos();
        }
    }

    /**
     * The rest of the provider's window: at most so many requests, maybe none, until that time is over.
     *
     * @param reset in whole seconds
     */
    record Left(long requests, Duration reset) implements Brake {

        /** Up to this, it is no harm to wait: a change is still sent on what was read before. */
        private static final double SHORT_SECONDS = 10;

        /** Whether we would wait for long at the end, at that rate, but not for each of them if they are spread. */
        boolean isBetterSpreadThanAt(double rate) {
            double seconds = reset.toSeconds();
            return seconds - requests / rate > SHORT_SECONDS && seconds / requests <= SHORT_SECONDS;
        }

        Slow evenly() {
            return new Slow(requests, reset, reset);
        }
    }

    private static Duration atMostLongest(Duration length) {
        return length.compareTo(LONGEST) > 0 ? LONGEST : length;
    }
}
