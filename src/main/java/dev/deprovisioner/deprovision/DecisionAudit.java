package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.identifier.Caller;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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
        audit.append(AuditedRun.subject(run, by)
                .entry(clock.instant(), action, AuditEntry.Status.SUCCESS, 0, null, false, AuditedRun.result(run)));
        afterCommit(() -> RunLog.logDecision(action, run));
    }

    /** Audits a decision that ends a run, and publishes the end. */
    void recordEnd(Deprovision before, Deprovision after, Action action, Caller by) {
        record(after, action, by);
        events.publishEvent(RunEnded.of(after));
        afterCommit(() -> metrics.record(before, after));
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
