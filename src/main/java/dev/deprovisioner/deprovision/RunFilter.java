package dev.deprovisioner.deprovision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs a list has. A null condition admits every run.
 *
 * @param status the status of the run now
 * @param requestedBy the caller that requested it
 * @param from requested at this time or later
 * @param to requested before this time
 */
public record RunFilter(
        @Nullable Status status,
        @Nullable String requestedBy,
        @Nullable Instant from,
        @Nullable Instant to) {}
