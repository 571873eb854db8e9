package dev.deprovisioner.upstream;

import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One try of a request that brought no answer to work with. Never leaves this package. */
final class FailedAttempt extends RuntimeException {

    enum Reason {
        /** Nothing was sent: no name, no connection, no agreement on TLS, or no token to send it with. */
        UNREACHABLE,
        /** Sent, or partly; whether it had an effect is unknown. */
        NO_ANSWER,
        /** 408, or any 5xx but 501: whether it had an effect is unknown. */
        SERVER_ERROR,
        /** An answer that cannot be relied on, a redirect included. */
        MALFORMED,
        /** 429, or a 403 that says the same: refused without effect. */
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
    private final boolean ownPause;
    private final @Nullable String quote;
    private final @Nullable String correlationId;

    FailedAttempt(Reason reason, String what) {
        this(reason, what, Duration.ZERO);
    }

    FailedAttempt(Reason reason, String what, Duration notBefore) {
        this(reason, what, notBefore, null, null);
    }

    /**
     * @param quote the provider's words, cleaned, or null; never logged
     * @param correlationId the provider's id of the request, or null
     */
    FailedAttempt(
            Reason reason, String what, Duration notBefore, @Nullable String quote, @Nullable String correlationId) {
        this(reason, what, notBefore, false, quote, correlationId);
    }

    private FailedAttempt(
            Reason reason,
            String what,
            Duration notBefore,
            boolean ownPause,
            @Nullable String quote,
            @Nullable String correlationId) {
        super(what);
        this.reason = reason;
        this.notBefore = notBefore;
        this.ownPause = ownPause;
        this.quote = quote;
        this.correlationId = correlationId;
    }

    /** A try that was answered, with the provider's words and its id of the request. */
    static FailedAttempt of(Reason reason, String what, Duration notBefore, UpstreamResponse answer) {
        return new FailedAttempt(reason, what, notBefore, answer.errorWords(), answer.correlationId());
    }

    /** The same failure, with a pause that the provider did not ask for. */
    FailedAttempt withOwnPause(Duration pause) {
        return new FailedAttempt(reason, String.valueOf(getMessage()), pause, true, quote, correlationId);
    }

    /** The same failure, with the pause that the provider asks for. */
    FailedAttempt notBefore(Duration pause) {
        return new FailedAttempt(reason, String.valueOf(getMessage()), pause, quote, correlationId);
    }

    Reason reason() {
        return reason;
    }

    /** How long to leave the provider alone, zero if nothing requires it. */
    Duration notBefore() {
        return notBefore;
    }

    /** Whether the provider did not ask for the pause. */
    boolean hasOwnPause() {
        return ownPause;
    }

    /** The same with other texts; an id that would change is left out. */
    FailedAttempt redacted(UnaryOperator<String> redaction) {
        var id = correlationId == null || !redaction.apply(correlationId).equals(correlationId) ? null : correlationId;
        return new FailedAttempt(
                reason,
                redaction.apply(String.valueOf(getMessage())),
                notBefore,
                ownPause,
                quote == null ? null : redaction.apply(quote),
                id);
    }

    /** The provider's id of the request, or null. */
    @Nullable
    String correlationId() {
        return correlationId;
    }

    /** The provider's words, or null; they may name people. */
    @Nullable
    String quote() {
        return quote;
    }
}
