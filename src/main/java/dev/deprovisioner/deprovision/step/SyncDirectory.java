package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepAction;
import dev.deprovisioner.deprovision.StepContext;
import dev.deprovisioner.deprovision.StepResult;
import dev.deprovisioner.webhook.Event;
import dev.deprovisioner.webhook.GroupDeprovisioned;
import dev.deprovisioner.webhook.Outbox;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts what the other directories have to know into the outbox, in the transaction that records the deletion. */
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
            return new StepResult.NobodyToTell();
        }
        if (!outbox.tellsOf(Event.GROUP_DEPROVISIONED)) {
            log.info("SYNC_DIRECTORY skipped: deprovisioner.webhook.events does not name group_deprovisioned");
            return new StepResult.NobodyToTell();
        }
        var run = context.run();
        Outcome outcome = Objects.requireNonNull(run.verdict().outcome());
        outbox.add(new GroupDeprovisioned(
                run.id(), run.providerGroupId(), context.now(), outcome.name(), EndAnnounced.membersRemoved(run)));
        return new StepResult.Announced();
    }
}
