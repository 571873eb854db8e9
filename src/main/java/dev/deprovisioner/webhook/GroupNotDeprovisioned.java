package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;

/**
 * What the receiver is told of a run that ended without success, if the settings say so.
 *
 * @param event blocked or failed
 * @param at when it ended
 * @param problem why, by the name of the problem's type
 * @param membersRemoved who is no longer in the group all the same
 */
public record GroupNotDeprovisioned(
        Event event, DeprovisionId deprovision, GroupId group, Instant at, String problem, int membersRemoved) {}
