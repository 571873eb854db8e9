package dev.deprovisioner.upstream;

import java.time.Duration;
import java.util.Locale;

/** One try of a request that brought no answer to work with. Never leaves this package. */
final class FailedTry extends RuntimeException {

    enum Reason {
        /** Nothing was sent: no name, no connection, no agreement on TLS, or no token to send it with. */
        UNREACHABLE,
        /** Sent, or partly; whether it had an effect is unknown. */
        NO_ANSWER,
        /** 408, or any 5xx but 501: whether it had an effect is unknown. */
        SERVER_ERROR,
        /** An answer that cannot be relied on, a redirect included. */
        MALFORMED,
        /** 429: refused without effect. */
        THROTTLED,
        /** 401: refused without effect, with the token that was sent. */
        UNAUTHORIZED,
        /** The token endpoint refuses our credentials. */
        TOKEN_REFUSED;

        /** Whether the provider may have acted on the request all the same. */
        boolean isAmbiguous() {
            return this == NO_ANSWER || this == SERVER_ERROR || this == MALFORMED;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final Duration notBefore;

    FailedTry(Reason reason, String what) {
        this(reason, what, Duration.ZERO);
    }

    FailedTry(Reason reason, String what, Duration notBefore) {
        super(what);
        this.reason = reason;
        this.notBefore = notBefore;
    }

    Reason reason() {
        return reason;
    }

    /** How long the provider asks to be left alone, zero if it does not say. */
    Duration notBefore() {
        return notBefore;
    }
}
