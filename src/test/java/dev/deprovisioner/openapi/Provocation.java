package dev.deprovisioner.openapi;

import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.ExternalSystems;
import java.util.UUID;

/** Asks an operation in such a way that it refuses. */
class Provocation {

    private static final String JWT_OF_NOBODY = "eyJhbGciOiJSUzI1NiIsImtpZCI6Im5vYm9keSJ9.e30.bm9ib2R5";

    /** A webhook of an event that this version does not know. */
    static final String NEWER_WEBHOOK = "msg_00000000-0000-8000-8000-000000000001";

    private final Story.Cast cast;
    private final String scopeless;
    private final String other;

    Provocation(Story.Cast cast, ExternalSystems around) {
        this.cast = cast;
        this.scopeless = around.tokens().callerToken("deprovision:restore");
        this.other = around.tokens().approverToken("audit:read");
    }

    /** The token of a caller who may ask for nothing more at the moment. */
    void exhaust(Caller caller) {
        int status;
        do {
            status = caller.send("", Ask.of("GET /audit-entries").header("Authorization", "Bearer " + other))
                    .status();
        } while (status != ProblemType.TOO_MANY_REQUESTS.status());
    }

    /** A request that the operation refuses with a problem of this type. */
    Ask of(ProblemType type, String operation) {
        var plain = plain(operation);
        return switch (type) {
            case UNAUTHENTICATED -> plain;
            case FORBIDDEN -> by(scopeless, plain);
            case TOO_MANY_REQUESTS -> by(other, plain);
            case UNAVAILABLE -> by(JWT_OF_NOBODY, plain);
            default -> by(cast.token(), malformed(type, plain));
        };
    }

    private Ask plain(String operation) {
        var ask = Ask.of(operation);
        if (operation.contains("{groupId}")) {
            ask = ask.with("groupId", cast.gone());
        }
        var unheardOf = new UUID(0, 0).toString();
        return operation.contains("{id}")
                ? ask.with("id", operation.equals(Story.REDELIVERY) ? "msg_" + unheardOf : unheardOf)
                : ask;
    }

    private Ask malformed(ProblemType type, Ask ask) {
        return switch (type) {
            case INVALID_GROUP_ID -> ask.with("groupId", "a?b");
            case INVALID_REQUEST -> invalid(ask);
            case METHOD_NOT_ALLOWED -> ask.by("PATCH");
            case NOT_ACCEPTABLE -> ask.header("Accept", "text/html");
            case PAYLOAD_TOO_LARGE -> ask.saying("{\"reason\":\"" + "x".repeat(20_000) + "\"}");
            case UNSUPPORTED_MEDIA_TYPE -> ask.saying("because").header("Content-Type", "text/plain");
            case IDEMPOTENCY_KEY_REUSED -> Story.keyed(ask);
            case NOT_FOUND -> ask.path().contains("{id}") ? ask : ask.with("groupId", "unheard-of");
            case CONFLICT -> conflicting(ask);
            default -> throw new IllegalArgumentException("Nothing is known to provoke " + type);
        };
    }

    private static Ask invalid(Ask ask) {
        return switch (ask.operation()) {
            case Story.REQUEST, Story.ABANDONMENT -> ask.saying("{\"reason\":1}");
            case "GET /deprovisions", "GET /audit-entries", "GET /webhook-deliveries" -> ask.with("limit", "0");
            case "GET /deprovisions/{groupId}/runs/{id}", Story.BLOCKERS, Story.REDELIVERY -> ask.with("id", "1");
            default -> ask.header("X-Long", "x".repeat(20_000));
        };
    }

    private Ask conflicting(Ask ask) {
        return switch (ask.operation()) {
            case Story.REQUEST ->
                ask.with("groupId", cast.waiting()).saying("{\"notBefore\":\"2025-01-01T00:00:00Z\"}");
            case Story.REDELIVERY -> ask.with("id", NEWER_WEBHOOK);
            default -> ask;
        };
    }

    private static Ask by(String token, Ask ask) {
        return ask.header("Authorization", "Bearer " + token);
    }
}
