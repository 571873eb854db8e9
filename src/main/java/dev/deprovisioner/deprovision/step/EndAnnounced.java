package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.NotDeprovisioned;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.webhook.Event;
import dev.deprovisioner.webhook.GroupNotDeprovisioned;
import dev.deprovisioner.webhook.Outbox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Puts into the outbox that a run was blocked or has failed, in the transaction that records it, where it is wanted. */
@Component
class EndAnnounced {

    private final Outbox outbox;

    EndAnnounced(Outbox outbox) {
        this.outbox = outbox;
    }

    @EventListener
    void ended(NotDeprovisioned end) {
        var run = end.run();
        var event = run.status() == Status.BLOCKED ? Event.GROUP_DEPROVISION_BLOCKED : Event.GROUP_DEPROVISION_FAILED;
        if (outbox.tellsOf(event)) {
            outbox.add(message(event, run));
        }
    }

    private static GroupNotDeprovisioned message(Event event, Deprovision run) {
        return new GroupNotDeprovisioned(
                event,
                run.id(),
                run.providerGroupId(),
                Objects.requireNonNull(run.timeline().finishedAt()),
                Objects.requireNonNull(run.verdict().problem()).type().slug(),
                membersRemoved(run));
    }

    /** As receivers are sent it: null where the provider does not show who is in the group. */
    static @Nullable Integer membersRemoved(Deprovision run) {
        return run.progress().hasUnlistedMembers() ? null : Objects.requireNonNullElse(run.membersRemoved(), 0);
    }
}
