package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StepAction;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.webhook.Outbox;
import dev.deprovisioner.webhook.WebhookEventType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides whether the receiver is notified of the deletion; {@link RunEndNotifier} does so when the result is recorded. */
@Component
class SyncDirectory implements StepAction {

    private static final Logger log = LoggerFactory.getLogger(SyncDirectory.class);

    private final Outbox outbox;

    SyncDirectory(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public Step step() {
        return Step.SYNC_DIRECTORY;
    }

    @Override
    public StepResult perform(StepContext context) {
        if (!outbox.hasReceiver()) {
            log.info("SYNC_DIRECTORY skipped: deprovisioner.webhook.url is not set");
            return new StepResult.NoReceiver();
        }
        if (!outbox.isSubscribed(WebhookEventType.GROUP_DEPROVISIONED)) {
            log.info("SYNC_DIRECTORY skipped: deprovisioner.webhook.events does not name group_deprovisioned");
            return new StepResult.NoReceiver();
        }
        return new StepResult.Announced();
    }
}
