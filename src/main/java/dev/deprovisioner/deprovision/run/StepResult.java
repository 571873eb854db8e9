package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.Warning;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import java.time.Duration;
import java.util.List;

/** How one attempt at a step ended. How many members it removed stands in the run's record of the step. */
public sealed interface StepResult {

    /** The blockers to resolve first. */
    default List<Blocker> blockers() {
        return List.of();
    }

    /**
     * The group may be removed as it was read.
     *
     * @param warnings what the dependency checks warn of
     */
    record Validated(ReadSnapshot seen, int membersChecked, List<Warning> warnings) implements StepResult {

        public Validated {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The caller is allowed to manage the group, which the run holds now: it goes on at the earliest start that the caller
     * asked for.
     *
     * @param progress what the read showed
     */
    record Admitted(Progress progress) implements StepResult {}

    /** A read has shown that the group has no members. */
    record Emptied(ReadSnapshot seen) implements StepResult {}

    /** The group is proven to be gone. */
    record Gone(Outcome outcome) implements StepResult {}

    /** The receiver is notified: the outbox row is written in the transaction that records the end. */
    record Announced() implements StepResult {}

    /** There is no receiver. */
    record NoReceiver() implements StepResult {}

    /**
     * Refused: blocked if this run has changed nothing yet, else failed.
     *
     * @param progress what was found out before
     */
    record Blocked(Problem problem, List<Blocker> blockers, Progress progress) implements StepResult {}

    /** Not as it was validated: to be validated again, a few times. */
    record Changed(Problem problem) implements StepResult {}

    /** The validation is too old to change anything on it: to be made again, as often as it takes. */
    record Outdated() implements StepResult {}

    /** To be looked at again after a while, as often as it takes. */
    record RecheckLater(Problem problem, Duration pause) implements StepResult {}

    /** Nothing is wrong, but the worker is needed for another caller's run: to go on with the next free one. */
    record Yielded() implements StepResult {}

    /** The provider gave nothing to decide on. */
    record UpstreamFault(Problem problem, Recovery recovery, Duration notBefore) implements StepResult {

        /** Worth another attempt, after a while that grows. */
        public static UpstreamFault later(Problem problem) {
            return later(problem, Duration.ZERO);
        }

        /** The same, and not before a while that the provider has asked for. */
        public static UpstreamFault later(Problem problem, Duration notBefore) {
            return new UpstreamFault(problem, Recovery.RETRY, notBefore);
        }
    }

    /** Given up. */
    record Failed(Problem problem, List<Blocker> blockers) implements StepResult {

        public Failed(Problem problem) {
            this(problem, List.of());
        }
    }
}
