package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.RunEnded;
import dev.deprovisioner.webhook.DeprovisionUnsuccessful;
import dev.deprovisioner.webhook.GroupDeprovisioned;
import dev.deprovisioner.webhook.Outbox;
import dev.deprovisioner.webhook.WebhookEventType;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Notifies the receiver of every end of a run that it is subscribed to: writes the outbox, in the transaction that records
 * the end. A cancelled run has changed nothing, and there is no event for it.
 */
@Component
class RunEndNotifier {

    private final Outbox outbox;

    RunEndNotifier(Outbox outbox) {
        this.outbox = outbox;
    }

    @EventListener
    void announce(RunEnded end) {
        switch (end.status()) {
            case SUCCEEDED -> announceDeletion(end);
            case BLOCKED -> announce(WebhookEventType.GROUP_DEPROVISION_BLOCKED, end);
            case FAILED -> announce(WebhookEventType.GROUP_DEPROVISION_FAILED, end);
            case CANCELLED -> {}
            case SCHEDULED, RUNNING, WAITING ->
                throw new IllegalArgumentException("A " + end.status() + " run has not ended");
        }
    }

    private void announceDeletion(RunEnded end) {
        if (outbox.isSubscribed(WebhookEventType.GROUP_DEPROVISIONED)) {
            var outcome = Objects.requireNonNull(end.outcome()).name();
            outbox.add(new GroupDeprovisioned(end.id(), end.group(), end.at(), outcome, end.membersRemoved()));
        }
    }

    private void announce(WebhookEventType event, RunEnded end) {
        if (outbox.isSubscribed(event)) {
            var problem = Objects.requireNonNull(end.problem()).slug();
            outbox.add(
                    new DeprovisionUnsuccessful(event, end.id(), end.group(), end.at(), problem, end.membersRemoved()));
        }
    }
}
