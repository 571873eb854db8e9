package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Deprovisioning;
import dev.deprovisioner.webhook.DeliveryEnded;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Hears how telling the receiver has ended, in the transaction that records it. */
@Component
class DirectorySynced {

    private final Deprovisioning deprovisioning;

    DirectorySynced(Deprovisioning deprovisioning) {
        this.deprovisioning = deprovisioning;
    }

    @EventListener
    void ended(DeliveryEnded delivery) {
        deprovisioning.told(delivery.deprovision(), delivery.latency(), delivery.error());
    }
}
