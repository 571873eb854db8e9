package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.NewerRun;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StuckRunRelease;
import dev.deprovisioner.deprovision.run.FairWorkerAllocation.Turn;
import dev.deprovisioner.deprovision.run.StepAttempt.AttemptOutcome;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.schedule.Lease;
import dev.deprovisioner.tracing.TraceContinuation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Executes the remaining steps of a run and saves after each; one transaction records the last two. Starting and
 * resuming are the same.
 */
@Component
class RunWorker {

    private static final Logger log = LoggerFactory.getLogger(RunWorker.class);

    /** Much longer than the claim that is repeated then, and short enough that no free worker stays idle for long. */
    private static final Duration RETRY_WITHOUT_WORKER = Duration.ofMillis(250);

    /** Short enough that a process of a newer version soon has its turn, and long enough to cost nothing without one. */
    private static final Duration UNTIL_A_NEWER_VERSION = Duration.ofSeconds(30);

    private final Deprovisions runs;
    private final FairWorkerAllocation workers;
    private final StepAttempt attempts;
    private final AttemptRecorder recorder;
    private final RunBackoff backoff;
    private final StuckRunRelease release;
    private final TraceContinuation traces;
    private final InstantSource clock;

    RunWorker(
            Deprovisions runs,
            FairWorkerAllocation workers,
            StepAttempt attempts,
            AttemptRecorder recorder,
            RunBackoff backoff,
            StuckRunRelease release,
            TraceContinuation traces,
            InstantSource clock) {
        this.runs = runs;
        this.workers = workers;
        this.attempts = attempts;
        this.recorder = recorder;
        this.backoff = backoff;
        this.release = release;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * @param lease without it nothing destructive is sent
     * @return when to go on, or empty when the run has ended
     */
    Optional<Instant> advance(DeprovisionId id, Lease lease) {
        try {
            return claimAndAdvance(id, lease);
        } catch (RuntimeException e) {
            if (endIfOverdue(id, e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean endIfOverdue(DeprovisionId id, RuntimeException failure) {
        try {
            return release.endIfOverdue(id);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private Optional<Instant> claimAndAdvance(DeprovisionId id, Lease lease) {
        // A task that a crash has left behind may outlive its run.
        return runs.find(id).flatMap(run -> advanceIfUnderstood(run, lease));
    }

    private Optional<Instant> advanceIfUnderstood(Run found, Lease lease) {
        return switch (found) {
            case Deprovision run -> run.isTerminal() ? Optional.empty() : advanceInTurn(run, lease);
            case NewerRun run -> {
                log.debug("Run left to a newer version: {}", run.id());
                yield Optional.of(clock.instant().plus(UNTIL_A_NEWER_VERSION));
            }
        };
    }

    private Optional<Instant> advanceInTurn(Deprovision run, Lease lease) {
        var turn = workers.take(run.request().by());
        if (turn.isEmpty()) {
            return Optional.of(clock.instant().plus(RETRY_WITHOUT_WORKER));
        }
        try (var taken = turn.get()) {
            return advance(run, lease, taken);
        }
    }

    private Optional<Instant> advance(Deprovision run, Lease lease, Turn turn) {
        var id = run.id();
        try (var inRun = MDC.putCloseable("deprovisionId", id.toString());
                var ofGroup = MDC.putCloseable("groupId", run.groupId().value())) {
            return Optional.ofNullable(
                    advanceTraced(run, lease, turn).timeline().nextAttemptAt());
        } catch (OptimisticLockingFailureException e) {
            // A caller has cancelled it, or woken it at this very moment: what is stored now decides.
            log.info("Run changed by another request or process: {}", id);
            return runs.find(id).filter(now -> !now.isTerminal()).map(now -> clock.instant());
        }
    }

    private Deprovision advanceTraced(Deprovision found, Lease lease, Turn turn) {
        var span = traces.continuing("deprovision", () -> runs.traceparent(found.id()))
                .highCardinalityKeyValue("deprovision.id", found.id().toString())
                .highCardinalityKeyValue("group.id", found.groupId().value());
        return Objects.requireNonNull(span.observe(() -> {
            var run = walk(found, lease, turn);
            span.highCardinalityKeyValue("deprovision.step", run.step().name())
                    .highCardinalityKeyValue("deprovision.status", run.status().name());
            return run;
        }));
    }

    private Deprovision walk(Deprovision found, Lease lease, Turn turn) {
        var run = runs.save(found.started(clock.instant()));
        log.info("Run {}: step {}", found.status() == Status.SCHEDULED ? "started" : "resumed", run.step());
        if (backoff.isOver(run, clock.instant())) {
            return giveUp(run);
        }
        @Nullable ReadSnapshot lastSeen = null;
        while (run.status() == Status.RUNNING) {
            var attempted = attempts.perform(run, lastSeen, lease, turn::isOver);
            run = record(attempted);
            lastSeen = attempted.seen();
        }
        return run;
    }

    /** SYNC_DIRECTORY sends nothing: it is performed before the deletion is recorded, so that one transaction records both. */
    private Deprovision record(AttemptOutcome attempted) {
        var after = attempted.after();
        if (attempted.result() instanceof StepResult.Yielded) {
            log.info("Worker left to another caller: {} resumes with the next free one", after.step());
            return runs.save(after);
        }
        return after.status() == Status.RUNNING && after.step() == Step.SYNC_DIRECTORY
                ? recorder.record(List.of(attempted, attempts.perform(after, null, () -> Duration.ZERO)))
                : recorder.record(List.of(attempted));
    }

    /** The deadline has passed: nothing more is sent, but what was sent may have had its effect after all. */
    private Deprovision giveUp(Deprovision run) {
        var why = why(run);
        if (!run.hasChangeIntent() && run.verdict().outcome() == null) {
            return record(attempts.conclude(run, new StepResult.Failed(why)));
        }
        var lastLook = attempts.performLastLook(run, why);
        return record(
                isSuccess(lastLook.result())
                        ? lastLook
                        : attempts.conclude(lastLook.run(), new StepResult.Failed(why)));
    }

    /** Whether the group is proven to be gone. */
    private static boolean isSuccess(StepResult result) {
        return result instanceof StepResult.Gone
                || result instanceof StepResult.Announced
                || result instanceof StepResult.NoReceiver;
    }

    /** The problem of the last wait explains the failure best. */
    private static Problem why(Deprovision run) {
        if (run.step() == Step.DELETE_GROUP && run.current().sent().intents() > 0) {
            return run.progress().hasUnlistedMembers()
                    ? RunProblems.unlistedDeletionNotConfirmed()
                    : RunProblems.deletionNotConfirmed();
        }
        var last = run.verdict().problem();
        return last != null ? last : RunProblems.deadlinePassed();
    }
}
