package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StepContext;
import java.time.Duration;

/** The age of answers about members: one from before a long outage does not prove that no member is orphaned now. */
final class ValidationAge {

    static final Duration LASTS = Duration.ofMinutes(15);

    private ValidationAge() {}

    /** Whether the members have to be checked again before the first change; counted from the end of the validation. */
    static boolean isTooOld(StepContext context) {
        var run = context.run();
        var ended = run.steps().of(Step.VALIDATE).finishedAt();
        return !run.hasChangeIntent()
                && ended != null
                && Duration.between(ended, context.now()).compareTo(LASTS) > 0;
    }
}
