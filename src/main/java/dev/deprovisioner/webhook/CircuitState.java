package dev.deprovisioner.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The known state of the receiver. A value: every transition returns the next one.
 *
 * @param failures consecutive tries without an answer below 500, over all deliveries
 * @param probingSince null while deliveries are sent as they are due
 * @param probe the delivery that is to be tried as the next probe; null once that has begun
 * @param lastProbed the number of the delivery that was last chosen
 */
record CircuitState(
        int failures,
        @Nullable Instant probingSince,
        @Nullable String probe,
        long lastProbed) {

    /** So many failures could still be those of one delivery or of one bad minute. */
    static final int TOLERATED = 4;

    boolean isOpen() {
        return probingSince != null;
    }

    CircuitState failed(Instant now) {
        boolean tooMany = probingSince == null && failures >= TOLERATED;
        return new CircuitState(failures + 1, tooMany ? now : probingSince, probe, lastProbed);
    }

    /** An answer below 500, also a refusal, shows that the receiver is available. */
    CircuitState answered() {
        return new CircuitState(0, null, null, lastProbed);
    }

    CircuitState chosen(String delivery, long number) {
        return new CircuitState(failures, probingSince, delivery, number);
    }

    /** The probe that was chosen begins: it may do so once. */
    CircuitState begun() {
        return new CircuitState(failures, probingSince, null, lastProbed);
    }
}
