package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import java.time.Duration;

/**
 * Interprets a read that proves that the group does not exist. After a deletion of this run, one such read is enough. A
 * disappearance without a deletion needs a second read.
 */
final class Disappearance {

    private static final Duration UNTIL_SECOND_READ = Duration.ofSeconds(2);

    private Disappearance() {}

    static StepResult confirm(StepContext context) {
        return context.run().hasDeleteIntent()
                ? gone(context, Outcome.DELETED)
                : confirmTwice(context, Outcome.ALREADY_ABSENT);
    }

    /** @param outcome what the second read proves */
    static StepResult confirmTwice(StepContext context, Outcome outcome) {
        var first = context.run().current().absentSince();
        var passed = first == null ? Duration.ZERO : Duration.between(first, context.now());
        if (passed.compareTo(UNTIL_SECOND_READ) >= 0) {
            return gone(context, outcome);
        }
        context.recordAbsence();
        // A clock that was set back meanwhile puts the read off no further.
        var pause = passed.isNegative() ? UNTIL_SECOND_READ : UNTIL_SECOND_READ.minus(passed);
        return new StepResult.RecheckLater(disappeared(), pause);
    }

    private static StepResult gone(StepContext context, Outcome outcome) {
        context.recordGone();
        return new StepResult.Gone(outcome);
    }

    private static Problem disappeared() {
        return RunProblems.groupDisappeared();
    }
}
