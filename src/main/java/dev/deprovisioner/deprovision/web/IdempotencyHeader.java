package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.IdempotencyKey;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.WebRequest;

/** Reads the key as it stands: neither quotes nor commas mean anything. */
final class IdempotencyHeader {

    static final String NAME = "Idempotency-Key";

    private IdempotencyHeader() {}

    /**
     * @return null if the request has no such header
     * @throws ProblemException if it has several, or one that is no key
     */
    static @Nullable IdempotencyKey key(WebRequest request) {
        var values = request.getHeaderValues(NAME);
        if (values == null) {
            return null;
        }
        if (values.length > 1) {
            throw invalid("The request has several Idempotency-Key headers.");
        }
        try {
            return new IdempotencyKey(values[0]);
        } catch (IllegalArgumentException e) {
            throw invalid("Idempotency-Key has 1 to " + IdempotencyKey.MAX_LENGTH + " visible ASCII characters.");
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(
                new Problem(ProblemType.INVALID_REQUEST, detail, "Send one key, for example a UUID."));
    }
}
