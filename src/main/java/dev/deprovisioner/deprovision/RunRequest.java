package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asked for.
 *
 * @param onBehalfOf the person that the caller asked for, as the caller said, or null
 * @param reason in the caller's words, or null
 * @param notBefore when to start at the earliest, or null for at once
 */
public record RunRequest(
        Caller by,
        @Nullable String onBehalfOf,
        Instant at,
        @Nullable String reason,
        @Nullable Instant notBefore) {}
