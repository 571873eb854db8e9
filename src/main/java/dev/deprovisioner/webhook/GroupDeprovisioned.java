package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;

/**
 * What the receiver is told.
 *
 * @param at when the group was found to be gone
 * @param outcome how that came about
 */
public record GroupDeprovisioned(
        DeprovisionId deprovision, GroupId group, Instant at, String outcome, int membersRemoved) {}
