package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Published in the transaction that records the end of a delivery.
 *
 * @param event the event of the delivery
 * @param latency of the last try
 * @param error why it is undeliverable; null if the receiver has confirmed
 */
public record DeliveryEnded(
        DeprovisionId deprovision,
        WebhookEventType event,
        Duration latency,
        @Nullable String error) {}
