package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.DeliveryAudit;
import dev.deprovisioner.webhook.DeliveryEnded;
import dev.deprovisioner.webhook.RedeliveryRequested;
import dev.deprovisioner.webhook.WebhookEventType;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Listens for the ends of deliveries and for orders to send one again, in the transaction that records them. */
@Component
class DeliveryOutcomeListener {

    private final DeliveryAudit audit;

    DeliveryOutcomeListener(DeliveryAudit audit) {
        this.audit = audit;
    }

    @EventListener
    void record(DeliveryEnded delivery) {
        boolean ofDeletion = delivery.event() == WebhookEventType.GROUP_DEPROVISIONED;
        audit.recordOutcome(delivery.deprovision(), ofDeletion, delivery.latency(), delivery.error());
    }

    @EventListener
    void record(RedeliveryRequested redelivery) {
        audit.recordRedelivery(redelivery.deprovision(), redelivery.by());
    }
}
