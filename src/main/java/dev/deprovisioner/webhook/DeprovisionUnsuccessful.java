package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The event that a run ended without success, sent if the settings name it.
 *
 * @param event blocked or failed
 * @param at when it ended
 * @param problem why, by the name of the problem's type
 * @param membersRemoved how many members were removed all the same; null where that is not known
 */
public record DeprovisionUnsuccessful(
        WebhookEventType event,
        DeprovisionId deprovision,
        GroupId group,
        Instant at,
        String problem,
        @Nullable Integer membersRemoved) {}
