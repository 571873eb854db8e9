package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepRecord.Effort;
import dev.deprovisioner.identifier.CallerContext;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.schedule.Lease;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.Assert;

/** Performs one attempt at the current step of a run, outside any transaction. */
@Component
class StepAttempt {

    private static final Logger log = LoggerFactory.getLogger(StepAttempt.class);

    /**
     * The outcome of one attempt.
     *
     * @param run the run with its intents, not yet with the result
     * @param after the run as the result leaves it, not yet saved
     */
    record AttemptOutcome(Deprovision run, StepResult result, Deprovision after) {

        /** The last read of the group; null if the next step cannot use it. */
        @Nullable
        ReadSnapshot seen() {
            return switch (result) {
                case StepResult.Validated(var seen, var checked, var warnings) -> seen;
                case StepResult.Emptied(var seen) -> seen;
                default -> null;
            };
        }
    }

    private final Map<Step, StepAction> actions = new EnumMap<>(Step.class);
    private final Deprovisions runs;
    private final StepTransitions transitions;
    private final ObservationRegistry observations;
    private final InstantSource clock;
    private final MonotonicClock monotonic;

    StepAttempt(
            List<StepAction> actions,
            Deprovisions runs,
            StepTransitions transitions,
            ObservationRegistry observations,
            InstantSource clock,
            MonotonicClock monotonic) {
        actions.forEach(action -> this.actions.put(action.step(), action));
        this.runs = runs;
        this.transitions = transitions;
        this.observations = observations;
        this.clock = clock;
        this.monotonic = monotonic;
    }

    /** @param lastSeen the group as this process has just read it, or null */
    AttemptOutcome perform(Deprovision run, @Nullable ReadSnapshot lastSeen, Lease lease) {
        return perform(run, lastSeen, lease, () -> false);
    }

    /** @param turnIsOver whether the worker is needed for another caller's run */
    AttemptOutcome perform(Deprovision run, @Nullable ReadSnapshot lastSeen, Lease lease, BooleanSupplier turnIsOver) {
        return perform(run, new StepContext(run, lastSeen, null, lease, turnIsOver, runs, clock));
    }

    /** Reads what earlier requests have done, and sends no further one; that would end with the given problem. */
    AttemptOutcome performLastLook(Deprovision run, Problem overdue) {
        return perform(run, new StepContext(run, null, overdue, () -> Duration.ZERO, () -> false, runs, clock));
    }

    /** Applies a result to the run. */
    AttemptOutcome conclude(Deprovision run, StepResult result) {
        return new AttemptOutcome(run, result, transitions.after(run, result, clock.instant()));
    }

    private AttemptOutcome perform(Deprovision run, StepContext context) {
        Assert.state(
                !TransactionSynchronizationManager.isActualTransactionActive(), "No step is part of a transaction");
        var action = Objects.requireNonNull(actions.get(run.step()));
        var counter = new AttemptRequestCounter.Attempt(run.step());
        long began = monotonic.nanos();
        var result = Objects.requireNonNull(
                Observation.createNotStarted(AttemptRequestCounter.ATTEMPT, () -> counter, observations)
                        .observe(() -> counter.recordResult(perform(action, context))));
        var time = monotonic.since(began);
        return conclude(context.run().spent(new Effort(time, counter.requests())), result);
    }

    private static StepResult perform(StepAction action, StepContext context) {
        try {
            return CallerContext.serving(context.run().request().by(), () -> action.perform(context));
        } catch (Fault fault) {
            return new StepResult.UpstreamFault(fault.problem(), fault.recovery(), fault.notBefore());
        } catch (WorkerYieldedException e) {
            return new StepResult.Yielded();
        } catch (DataAccessException | TransactionException e) {
            // Nothing could be recorded either: the task is repeated.
            throw e;
        } catch (RuntimeException e) {
            log(context.run(), e);
            return StepResult.UpstreamFault.later(unexpected(e));
        }
    }

    /** With its stack once, not at each attempt. */
    private static void log(Deprovision run, RuntimeException e) {
        var last = run.verdict().problem();
        if (last != null && last.type() == ProblemType.INTERNAL_ERROR) {
            log.error("Unexpected error again: {}, {}", run.step(), e.getClass().getName());
        } else {
            log.error("Unexpected error: {}", run.step(), e);
        }
    }

    private static Problem unexpected(RuntimeException e) {
        return RunProblems.unexpectedError(e.getClass().getSimpleName());
    }
}
