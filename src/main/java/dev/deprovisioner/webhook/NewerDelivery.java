package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeliveryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook whose row has an event, a status, a receiver or a subject that only a newer version knows. This version shows it,
 * and does not send it.
 *
 * @param groupId the provider's id of the group; null where it is about the service
 * @param status in the words of the version that wrote the row
 */
record NewerDelivery(
        DeliveryId id,
        @Nullable String groupId,
        String status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String lastError)
        implements StoredDelivery {}
