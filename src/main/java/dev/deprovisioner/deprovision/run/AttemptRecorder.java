package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.Blockers;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionMetrics;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.RunEnded;
import dev.deprovisioner.deprovision.RunLog;
import dev.deprovisioner.deprovision.StepAudit;
import dev.deprovisioner.deprovision.run.StepAttempt.AttemptOutcome;
import java.util.List;
import java.util.Objects;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Records what came of attempts: the run, its audit entries and what goes with them, in one transaction. */
@Component
class AttemptRecorder {

    private final Deprovisions runs;
    private final Blockers blockers;
    private final StepAudit audit;
    private final ApplicationEventPublisher events;
    private final DeprovisionMetrics metrics;
    private final TransactionTemplate transactions;

    AttemptRecorder(
            Deprovisions runs,
            Blockers blockers,
            StepAudit audit,
            ApplicationEventPublisher events,
            DeprovisionMetrics metrics,
            TransactionTemplate transactions) {
        this.runs = runs;
        this.blockers = blockers;
        this.audit = audit;
        this.events = events;
        this.metrics = metrics;
        this.transactions = transactions;
    }

    /**
     * @param attempts at one run, at least one; each goes on from what the one before left
     * @return the run as saved after the last of them
     * @throws org.springframework.dao.OptimisticLockingFailureException if another process owns the run; then nothing is
     *     recorded
     */
    Deprovision record(List<AttemptOutcome> attempts) {
        var before = attempts.getFirst().run();
        var after = Objects.requireNonNull(transactions.execute(status -> write(attempts)));
        metrics.record(before, after);
        RunLog.logAttempt(before, after);
        return after;
    }

    private Deprovision write(List<AttemptOutcome> attempts) {
        attempts.forEach(this::auditStep);
        var after = attempts.getLast().after();
        if (after.isTerminal()) {
            events.publishEvent(RunEnded.of(after));
        }
        var saved = runs.save(after);
        // After the save: a process that has lost the run must fail there, and not on the snapshot's unique key.
        attempts.forEach(this::insertFindings);
        return saved;
    }

    private void insertFindings(AttemptOutcome attempted) {
        var after = attempted.after();
        if (attempted.result() instanceof StepResult.Validated(var seen, var checked, var warnings)) {
            runs.insertSnapshot(after, seen.group());
        }
        blockers.insert(after.id(), attempted.result().blockers());
    }

    private void auditStep(AttemptOutcome attempted) {
        // The entry of an announcement is written when the delivery ends.
        if (!(attempted.result() instanceof StepResult.Announced)) {
            var changed = attempted.result() instanceof StepResult.Changed(var problem) ? problem : null;
            audit.record(attempted.run(), attempted.after(), changed);
        }
    }
}
