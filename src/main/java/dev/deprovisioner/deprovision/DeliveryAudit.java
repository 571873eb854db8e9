package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Audits what happens to the webhooks of runs, in the caller's transaction; also for runs of a newer version. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class DeliveryAudit {

    private final Deprovisions runs;
    private final AuditTrail audit;
    private final DecisionAudit decisions;
    private final InstantSource clock;

    DeliveryAudit(Deprovisions runs, AuditTrail audit, DecisionAudit decisions, InstantSource clock) {
        this.runs = runs;
        this.audit = audit;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * Records the end of a delivery.
     *
     * @param ofDeletion whether the event was the group's deletion, and not another event of the run
     * @param error why the event will never be delivered; null if it was
     */
    public void recordOutcome(DeprovisionId id, boolean ofDeletion, Duration latency, @Nullable String error) {
        boolean synced = ofDeletion && error == null;
        if (synced) {
            runs.markWebhookSynced(id);
        }
        var status = error == null ? AuditEntry.Status.SUCCESS : AuditEntry.Status.FAILED;
        var run = runs.find(id).orElseThrow();
        audit.append(AuditedRun.subject(run)
                .entry(
                        clock.instant(),
                        Action.WEBHOOK,
                        status,
                        latency.toMillis(),
                        error,
                        synced,
                        AuditedRun.result(run)));
    }

    /**
     * Records that an event will be sent to the receiver once more.
     *
     * @param by the caller that ordered it
     */
    public void recordRedelivery(DeprovisionId id, Caller by) {
        decisions.record(runs.find(id).orElseThrow(), Action.REDELIVER, by);
    }
}
