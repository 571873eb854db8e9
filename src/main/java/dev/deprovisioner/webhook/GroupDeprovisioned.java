package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event that a group was taken out.
 *
 * @param at when the group was found to be gone
 * @param outcome how that came about
 * @param membersRemoved null where the provider does not show who is in the group
 */
public record GroupDeprovisioned(
        DeprovisionId deprovision,
        GroupId group,
        Instant at,
        String outcome,
        @Nullable Integer membersRemoved) {}
