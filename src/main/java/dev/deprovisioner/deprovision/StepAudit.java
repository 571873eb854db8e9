package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Audits what the steps of runs have done, in the transaction that records it. */
@Component
public class StepAudit {

    private final AuditTrail audit;
    private final InstantSource clock;

    public StepAudit(AuditTrail audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Appends one entry when a step ends, and one when the run goes back after a change may have been sent, also one that was
     * refused; none for a wait.
     *
     * @param before the run with its intents, at the step that was attempted
     * @param after the run as the attempt leaves it
     * @param changed why the run goes back, or null if that is not known or it does not
     */
    public void record(Deprovision before, Deprovision after, @Nullable Problem changed) {
        var step = after.steps().of(before.step());
        boolean wentBack = after.step().compareTo(before.step()) < 0;
        if (step.finishedAt() != null) {
            append(
                    before.step(),
                    after,
                    step.finishedAt(),
                    AuditedRun.status(after),
                    after.verdict().problem());
        } else if (wentBack
                && (before.hasChangeIntent() || before.current().sent().refusals() > 0)) {
            append(before.step(), after, clock.instant(), AuditEntry.Status.CHANGED, changed);
        }
    }

    private void append(Step step, Deprovision after, Instant at, AuditEntry.Status status, @Nullable Problem problem) {
        var error = switch (status) {
            case SUCCESS, CHANGED -> null;
            case BLOCKED, FAILED -> AuditedRun.error(after);
        };
        long latencyMs = after.steps().of(step).latencyMs();
        audit.append(AuditedRun.subject(after)
                .entry(at, step.action(), status, latencyMs, error, false, AuditedRun.stepResult(after, problem)));
    }
}
