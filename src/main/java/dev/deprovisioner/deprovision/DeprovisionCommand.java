package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller wants.
 *
 * @param by who asks
 * @param onBehalfOf the person that the caller asks for, as the caller says, or null
 * @param reason why, in the caller's words, or null
 * @param notBefore when to start at the earliest, or null for at once
 * @param again start a new run even after a success
 * @param key the caller's name for this request, or null
 */
public record DeprovisionCommand(
        Caller by,
        @Nullable String onBehalfOf,
        @Nullable String reason,
        @Nullable Instant notBefore,
        boolean again,
        @Nullable IdempotencyKey key) {}
