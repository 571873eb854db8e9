package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.DeprovisionService;
import dev.deprovisioner.webhook.DeliveryEnded;
import dev.deprovisioner.webhook.RedeliveryRequested;
import dev.deprovisioner.webhook.WebhookEventType;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Listens for the ends of deliveries and for orders to send one again, in the transaction that records them. */
@Component
class DeliveryOutcomeListener {

    private final DeprovisionService service;

    DeliveryOutcomeListener(DeprovisionService service) {
        this.service = service;
    }

    @EventListener
    void record(DeliveryEnded delivery) {
        boolean ofDeletion = delivery.event() == WebhookEventType.GROUP_DEPROVISIONED;
        service.recordDeliveryOutcome(delivery.deprovision(), ofDeletion, delivery.latency(), delivery.error());
    }

    @EventListener
    void record(RedeliveryRequested redelivery) {
        service.recordRedelivery(redelivery.deprovision(), redelivery.by());
    }
}
