package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.deprovision.StepAttempt.Attempted;
import dev.deprovisioner.identifier.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes down what came of an attempt: the run, its audit entry and what goes with it, in one transaction. */
@Component
class Ledger {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final Deprovisions runs;
    private final Blockers blockers;
    private final Transitions transitions;
    private final StepAttempt attempts;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final DeprovisionMetrics metrics;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    Ledger(
            Deprovisions runs,
            Blockers blockers,
            Transitions transitions,
            StepAttempt attempts,
            AuditTrail audit,
            ApplicationEventPublisher events,
            DeprovisionMetrics metrics,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.runs = runs;
        this.blockers = blockers;
        this.transitions = transitions;
        this.attempts = attempts;
        this.audit = audit;
        this.events = events;
        this.metrics = metrics;
        this.transactions = transactions;
        this.clock = clock;
    }

    Deprovision record(Attempted attempted) {
        var before = attempted.run();
        var after = Objects.requireNonNull(transactions.execute(status -> write(attempted)));
        metrics.recorded(before, after);
        logged(before, after);
        return after;
    }

    private Deprovision write(Attempted attempted) {
        var before = attempted.run();
        var after = transitions.after(before, attempted.result(), clock.instant());
        append(attempted, after);
        if (after.status() == Status.BLOCKED || after.status() == Status.FAILED) {
            events.publishEvent(new NotDeprovisioned(after));
        }
        // The event needs no answer of the receiver, only the outbox, so it is recorded in the transaction of the step.
        var saved = runs.save(
                after.status() == Status.RUNNING && after.step() == Step.SYNC_DIRECTORY ? told(after) : after);
        // After the save: a process that has lost the run must fail there, and not on the snapshot's unique key.
        if (attempted.result() instanceof StepResult.Validated(var seen, var checked)) {
            runs.insertSnapshot(after, seen.group());
        }
        blockers.insert(after.id(), attempted.result().blockers());
        return saved;
    }

    private Deprovision told(Deprovision run) {
        var attempted = attempts.at(run, null, () -> Duration.ZERO);
        return transitions.after(attempted.run(), attempted.result(), clock.instant());
    }

    /** One entry when a step ends, and one when the run goes back after it has sent something; none for a park. */
    private void append(Attempted attempted, Deprovision after) {
        var before = attempted.run();
        var record = after.steps().of(before.step());
        boolean wentBack = after.step().compareTo(before.step()) < 0;
        if (record.finishedAt() != null) {
            var status = auditStatus(after);
            var error = status == AuditEntry.Status.SUCCESS ? null : error(after);
            append(after, record.finishedAt(), before.step().action(), status, record.latencyMs(), error);
        } else if (wentBack && (before.hasChangeIntent() || isAfterRequest(attempted.result()))) {
            append(after, clock.instant(), before.step().action(), AuditEntry.Status.CHANGED, record.latencyMs(), null);
        }
    }

    private static boolean isAfterRequest(StepResult result) {
        return result instanceof StepResult.Changed changed && changed.afterRequest();
    }

    private void append(
            Deprovision run,
            Instant at,
            Action action,
            AuditEntry.Status status,
            long latencyMs,
            @Nullable String error) {
        audit.append(subject(run).entry(at, action, status, latencyMs, error, false, result(run)));
    }

    static AuditEntry.Result result(Run run) {
        return new AuditEntry.Result(run.recorded().outcome(), run.membersRemoved());
    }

    /** A caller's decision, in the transaction that carries it out. */
    void decided(Run run, Action action, Caller by) {
        var subject = new AuditEntry.Subject(
                run.id(),
                run.groupId(),
                by,
                run.request().onBehalfOf(),
                run.request().reason());
        audit.append(subject.entry(clock.instant(), action, AuditEntry.Status.SUCCESS, 0, null, false, result(run)));
        onceCommitted(() -> logged(action, run));
    }

    /** A caller's decision that ends a run. */
    void ended(Deprovision before, Deprovision after, Action action, Caller by) {
        decided(after, action, by);
        onceCommitted(() -> metrics.recorded(before, after));
    }

    private static void onceCommitted(Runnable what) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                what.run();
            }
        });
    }

    static AuditEntry.Subject subject(Run run) {
        return new AuditEntry.Subject(
                run.id(),
                run.groupId(),
                run.request().by(),
                run.request().onBehalfOf(),
                run.request().reason());
    }

    private static AuditEntry.Status auditStatus(Deprovision after) {
        return switch (after.status()) {
            case BLOCKED -> AuditEntry.Status.BLOCKED;
            case FAILED -> AuditEntry.Status.FAILED;
            case SCHEDULED, RUNNING, WAITING, SUCCEEDED, CANCELLED -> AuditEntry.Status.SUCCESS;
        };
    }

    private static @Nullable String error(Deprovision run) {
        var problem = run.verdict().problem();
        return problem == null ? null : problem.type().slug() + ": " + problem.detail();
    }

    private static void logged(Action decision, Run run) {
        switch (decision) {
            case REQUEST -> log.info("Accepted: taking group {} out is run {}", run.groupId(), run.id());
            case REDELIVER -> log.info("Webhook ordered once more: run {}", run.id());
            default -> log.info("De-provision is {}", run.recorded().status());
        }
    }

    private static void logged(Deprovision before, Deprovision after) {
        switch (after.status()) {
            case RUNNING ->
                log.info(
                        after.step() == Step.VALIDATE
                                ? "At {} the group had changed, back to {}"
                                : "{} done, going on with {}",
                        before.step(),
                        after.step());
            case WAITING ->
                log.warn(
                        "{} waits until {} after attempt {}: {}",
                        after.step(),
                        after.timeline().nextAttemptAt(),
                        after.timeline().attempt(),
                        error(after));
            case SUCCEEDED ->
                log.info(
                        "De-provision succeeded: {}, {} member(s) removed",
                        after.verdict().outcome(),
                        after.progress().membersRemoved());
            case BLOCKED -> log.warn("De-provision blocked, nothing was changed: {}", error(after));
            case FAILED -> log.error("De-provision failed at {}: {}", after.step(), error(after));
            case SCHEDULED, CANCELLED -> log.info("De-provision is {}", after.status());
        }
    }
}
