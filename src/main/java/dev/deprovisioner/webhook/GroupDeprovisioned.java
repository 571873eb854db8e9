package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event that a group was removed.
 *
 * @param at when the group was found to be gone
 * @param outcome {@code DELETED} or {@code ALREADY_ABSENT}
 * @param membersRemoved null if the provider does not show the members
 */
public record GroupDeprovisioned(
        DeprovisionId deprovision,
        GroupId group,
        Instant at,
        String outcome,
        @Nullable Integer membersRemoved) {}
