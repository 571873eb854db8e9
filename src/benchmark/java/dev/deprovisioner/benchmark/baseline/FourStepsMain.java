package dev.deprovisioner.benchmark.baseline;

import java.time.Duration;

/** {@link FourSteps}: takes a number of milliseconds, and answers with how many workflows a second were executed. */
public final class FourStepsMain {

    private FourStepsMain() {}

    /** @param arguments an empty database, and how many threads */
    public static void main(String[] arguments) {
        var workflows = new FourSteps(arguments[0], Integer.parseInt(arguments[1]));
        Lines.answer(millis -> workflows.perSecond(Duration.ofMillis(Long.parseLong(millis))));
    }
}
