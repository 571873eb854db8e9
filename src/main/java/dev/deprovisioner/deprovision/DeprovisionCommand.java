package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The request of a caller for a run.
 *
 * @param by the caller
 * @param onBehalfOf the person on whose behalf the caller acts, or null
 * @param reason the reason that the caller gave, or null
 * @param notBefore the earliest start, or null for at once
 * @param again start a new run even after a success
 * @param key the idempotency key, or null
 */
public record DeprovisionCommand(
        Caller by,
        @Nullable String onBehalfOf,
        @Nullable String reason,
        @Nullable Instant notBefore,
        boolean again,
        @Nullable IdempotencyKey key) {

    RunRequest request(Instant now) {
        return new RunRequest(by, onBehalfOf, now, reason, notBefore);
    }
}
