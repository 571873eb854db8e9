package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.deprovision.AuditedRun;
import dev.deprovisioner.deprovision.Blockers;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionMetrics;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.RunEnded;
import dev.deprovisioner.deprovision.RunLog;
import dev.deprovisioner.deprovision.run.StepAttempt.AttemptOutcome;
import java.time.Instant;
import java.time.InstantSource;
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
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final DeprovisionMetrics metrics;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    AttemptRecorder(
            Deprovisions runs,
            Blockers blockers,
            AuditTrail audit,
            ApplicationEventPublisher events,
            DeprovisionMetrics metrics,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.runs = runs;
        this.blockers = blockers;
        this.audit = audit;
        this.events = events;
        this.metrics = metrics;
        this.transactions = transactions;
        this.clock = clock;
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
        attempts.forEach(this::appendEntry);
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
        if (attempted.result() instanceof StepResult.Validated(var seen, var checked)) {
            runs.insertSnapshot(after, seen.group());
        }
        blockers.insert(after.id(), attempted.result().blockers());
    }

    /** One entry when a step ends, and one when the run goes back after it has sent something; none for a park. */
    private void appendEntry(AttemptOutcome attempted) {
        if (attempted.result() instanceof StepResult.Announced) {
            return; // The entry is written when the delivery ends.
        }
        var before = attempted.run();
        var after = attempted.after();
        var record = after.steps().of(before.step());
        boolean wentBack = after.step().compareTo(before.step()) < 0;
        if (record.finishedAt() != null) {
            appendEntry(attempted, record.finishedAt(), AuditedRun.status(after));
        } else if (wentBack && (before.hasChangeIntent() || isAfterRequest(attempted.result()))) {
            appendEntry(attempted, clock.instant(), AuditEntry.Status.CHANGED);
        }
    }

    private static boolean isAfterRequest(StepResult result) {
        return result instanceof StepResult.Changed changed && changed.afterRequest();
    }

    private void appendEntry(AttemptOutcome attempted, Instant at, AuditEntry.Status status) {
        var step = attempted.run().step();
        var after = attempted.after();
        var error = switch (status) {
            case SUCCESS, CHANGED -> null;
            case BLOCKED, FAILED -> AuditedRun.error(after);
        };
        long latencyMs = after.steps().of(step).latencyMs();
        audit.append(AuditedRun.subject(after)
                .entry(at, step.action(), status, latencyMs, error, false, AuditedRun.result(after)));
    }
}
