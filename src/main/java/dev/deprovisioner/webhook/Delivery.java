package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to the receiver.
 *
 * @param id the {@code webhook-id}, the same over all tries
 * @param body exactly what is signed and sent
 * @param attempts tries so far
 * @param nextAttemptAt null when it has ended
 * @param lastError why the last try failed, or null
 */
record Delivery(
        String id,
        DeprovisionId deprovision,
        GroupId group,
        String body,
        Status status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError) {

    enum Status {
        PENDING,
        DELIVERED,
        UNDELIVERABLE
    }

    static Delivery pending(DeprovisionId deprovision, GroupId group, String body, Instant now) {
        return new Delivery("msg_" + UUID.randomUUID(), deprovision, group, body, Status.PENDING, 0, now, null);
    }

    Delivery delivered() {
        return new Delivery(id, deprovision, group, body, Status.DELIVERED, attempts + 1, null, null);
    }

    Delivery retried(Instant next, String error) {
        return new Delivery(id, deprovision, group, body, Status.PENDING, attempts + 1, next, error);
    }

    Delivery undeliverable(String error) {
        return new Delivery(id, deprovision, group, body, Status.UNDELIVERABLE, attempts + 1, null, error);
    }
}
