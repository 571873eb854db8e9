package dev.deprovisioner.upstream.ratelimit;

import java.time.Duration;

/** Something that the provider asks for, and that can only make us slower than we are. */
public sealed interface ThrottleSignal {

    /** The upper bound for what a header may ask for: as long as a run goes on trying by default. */
    Duration LONGEST = Duration.ofDays(1);

    /** No request for so long, at most {@link #LONGEST}. */
    record Pause(Duration length) implements ThrottleSignal {

        public Pause {
            length = atMostLongest(length);
        }
    }

    /**
     * No more than so many requests, at least one, in each such period.
     *
     * @param lasting for how long from now, at most {@link #LONGEST}
     */
    record RateCap(long requests, Duration period, Duration lasting) implements ThrottleSignal {

        public RateCap {
            lasting = atMostLongest(lasting);
        }

        /** Answers say it again and again: it lasts until the next one can be there, if it is kept. */
        static RateCap policy(long requests, Duration period) {
            return new RateCap(
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
    record RemainingQuota(long requests, Duration reset) implements ThrottleSignal {

        /** Up to this, it is no harm to wait: a change is still sent on what was read before. */
        private static final double SHORT_SECONDS = 10;

        /** Whether we would wait for long at the end, at that rate, but not for each of them if they are spread. */
        boolean isBetterSpreadThanAt(double rate) {
            double seconds = reset.toSeconds();
            return seconds - requests / rate > SHORT_SECONDS && seconds / requests <= SHORT_SECONDS;
        }

        RateCap evenly() {
            return new RateCap(requests, reset, reset);
        }
    }

    private static Duration atMostLongest(Duration length) {
        return length.compareTo(LONGEST) > 0 ? LONGEST : length;
    }
}
