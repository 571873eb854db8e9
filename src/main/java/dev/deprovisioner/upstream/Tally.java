package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.Brake.Left;

/** What the answers to this process have said about a provider's window, from the first one that reported it. */
final class Tally {

    private final long end;
    private long fewest;
    /** How many answers are still to come to what was sent before the first. */
    private int sentBefore;

    private boolean corrected;

    /** @param end as the first answer reported it, in nanoseconds */
    Tally(long end, Left first, int inFlight) {
        this.end = end;
        this.fewest = first.requests();
        this.sentBefore = inFlight;
    }

    long end() {
        return end;
    }

    void add(Left told) {
        // Answers may overtake each other.
        fewest = Math.min(fewest, told.requests());
        sentBefore--;
    }

    /**
     * What is worth knowing if so many were known to be left. From these, permits are counted down; that leaves out what was in
     * flight when the window was first known, which is put right once: when nothing is in flight, or else when half is
     * left. What others use is seen with each further half.
     *
     * @return fewer than were known, or as many if there is no news
     */
    long left(long known, int inFlight) {
        boolean half = 2 * fewest <= known;
        boolean toCorrect = !corrected && inFlight == 0 && sentBefore < 0;
        if (fewest > known || !(half || toCorrect)) {
            return known;
        }
        return corrected ? fewest : withoutThose(inFlight);
    }

    /** What is left when those in flight are counted too. */
    long withoutThose(int inFlight) {
        corrected = true;
        return Math.max(1, fewest - inFlight);
    }
}
