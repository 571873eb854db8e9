package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.database.AfterCommit;
import dev.deprovisioner.identifier.Caller;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Audits the decisions of callers, each in the transaction that carries it out. */
@Component
class DecisionAudit {

    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final DeprovisionMetrics metrics;
    private final InstantSource clock;

    DecisionAudit(AuditTrail audit, ApplicationEventPublisher events, DeprovisionMetrics metrics, InstantSource clock) {
        this.audit = audit;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param by the caller that decides, not always the one that requested the run */
    void record(Run run, Action action, Caller by) {
        record(run, action, AuditedRun.subject(run, by), AuditedRun.result(run));
    }

    private void record(Run run, Action action, AuditEntry.Subject subject, AuditEntry.Result result) {
        audit.append(subject.entry(clock.instant(), action, AuditEntry.Status.SUCCESS, 0, null, false, result));
        AfterCommit.run(() -> RunLog.logDecision(action, run));
    }

    /** Audits that a run is cancelled, and publishes the end. */
    void recordCancellation(Deprovision before, Deprovision after, Caller by) {
        record(after, Action.CANCEL, AuditedRun.subject(after, by), AuditedRun.cancellation(after));
        publishEnd(before, after);
    }

    /**
     * Audits that a run is given up, and publishes the end.
     *
     * @param reason that of this decision, or null
     */
    void recordAbandonment(Deprovision before, Deprovision after, Caller by, @Nullable String reason) {
        record(after, Action.ABANDON, AuditedRun.subject(after, by, reason), AuditedRun.result(after));
        publishEnd(before, after);
    }

    private void publishEnd(Deprovision before, Deprovision after) {
        events.publishEvent(RunEnded.of(after));
        AfterCommit.run(() -> metrics.record(before, after));
    }
}
