package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;

/** The rest of a provider's window by the answers to this process, from the first answer that reported it. */
final class QuotaTracker {

    private final long end;
    private long fewest;
    /** How many answers are still to come to what was sent before the first. */
    private int sentBefore;

    private boolean corrected;

    /** @param end as the first answer reported it, in nanoseconds */
    QuotaTracker(long end, RemainingQuota first, int inFlight) {
        this.end = end;
        this.fewest = first.requests();
        this.sentBefore = inFlight;
    }

    long end() {
        return end;
    }

    void add(RemainingQuota reported) {
        // Answers may overtake each other.
        fewest = Math.min(fewest, reported.requests());
        sentBefore--;
    }

    /**
     * The rest of the window, if it is news to a limiter that knows of so many. The limiter counts permits down from
     * its own number. That omits requests that were in flight when the window was first known. It is corrected once,
     * when none is in flight or when half is left. The use by other processes is seen with each further half.
     *
     * @return fewer than were known, or as many if there is no news
     */
    long left(long known, int inFlight) {
        boolean half = 2 * fewest <= known;
        boolean toCorrect = !corrected && inFlight == 0 && sentBefore < 0;
        if (fewest > known || !(half || toCorrect)) {
            return known;
        }
        return corrected ? fewest : correctForInFlight(inFlight);
    }

    /** The rest of the window when the requests in flight are counted too. */
    long correctForInFlight(int inFlight) {
        corrected = true;
        return Math.max(1, fewest - inFlight);
    }
}
