package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeliveryId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A stored webhook: one that this version delivers, or one that it can only show. */
sealed interface StoredDelivery permits Delivery, NewerDelivery {

    DeliveryId id();

    /** Tries so far. */
    int attempts();

    /** When to try again; null when it has ended. */
    @Nullable
    Instant nextAttemptAt();

    /** Why the last try failed, or null. */
    @Nullable
    String lastError();
}
