package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The request that started a run.
 *
 * @param onBehalfOf the person on whose behalf the caller acted, or null
 * @param reason the reason that the caller gave, or null
 * @param notBefore the earliest start, or null for at once
 */
public record RunRequest(
        Caller by,
        @Nullable String onBehalfOf,
        Instant at,
        @Nullable String reason,
        @Nullable Instant notBefore) {}
