package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.DeprovisionService;
import dev.deprovisioner.webhook.DeliveryEnded;
import dev.deprovisioner.webhook.RedeliveryRequested;
import dev.deprovisioner.webhook.WebhookEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Listens for the ends of deliveries and for orders to send one again, in the transaction that records them. */
@Component
class DeliveryOutcomeListener {

    private final DeprovisionService deprovisioning;

    DeliveryOutcomeListener(DeprovisionService deprovisioning) {
        this.deprovisioning = deprovisioning;
    }

    @EventListener
    void record(DeliveryEnded delivery) {
        boolean ofDeletion = delivery.event() == WebhookEvent.GROUP_DEPROVISIONED;
        deprovisioning.recordDeliveryOutcome(delivery.deprovision(), ofDeletion, delivery.latency(), delivery.error());
    }

    @EventListener
    void record(RedeliveryRequested redelivery) {
        deprovisioning.recordRedelivery(redelivery.deprovision(), redelivery.by());
    }
}
