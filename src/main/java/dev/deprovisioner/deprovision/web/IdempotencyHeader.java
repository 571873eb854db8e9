package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.IdempotencyKey;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;
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
            throw new ProblemException(RequestProblems.idempotencyKeyRepeated());
        }
        try {
            return new IdempotencyKey(values[0]);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(RequestProblems.idempotencyKeyInvalid(IdempotencyKey.MAX_LENGTH));
        }
    }
}
