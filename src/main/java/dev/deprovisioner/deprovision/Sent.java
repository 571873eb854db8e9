package dev.deprovisioner.deprovision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The destructive requests of a step.
 *
 * @param intents how many were committed before they were sent
 * @param rounds how often the provider has accepted all that there was to send
 * @param acceptedAt when it did so last; null while something is sent, or it is unknown what came of it
 * @param membersAccepted members whose removal it has accepted, and that no read has confirmed yet
 */
public record Sent(int intents, int rounds, @Nullable Instant acceptedAt, int membersAccepted) {

    static final Sent NOTHING = new Sent(0, 0, null, 0);

    /** A new request may have its effect at any time, so what was known of the last one no longer counts. */
    Sent intending() {
        return new Sent(intents + 1, rounds, null, membersAccepted);
    }

    /** The provider certainly did not act on the last request. */
    Sent withdrawn() {
        return new Sent(intents - 1, rounds, null, membersAccepted);
    }

    Sent membersAccepted(int members) {
        return new Sent(intents, rounds, acceptedAt, membersAccepted + members);
    }

    Sent accepted(Instant now) {
        return new Sent(intents, rounds + 1, now, membersAccepted);
    }

    /** A read has told what came of it. */
    Sent confirmed() {
        return new Sent(intents, rounds, acceptedAt, 0);
    }

    /** That something was sent stays known, but what it was for is past. */
    Sent reopened() {
        return new Sent(intents, 0, null, 0);
    }
}
