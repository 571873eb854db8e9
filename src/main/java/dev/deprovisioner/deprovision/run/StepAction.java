package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.Step;

/** The work of one step. It may be repeated after any crash, and must find out by itself what was done before. */
public interface StepAction {

    Step step();

    /**
     * Makes one attempt.
     *
     * @throws dev.deprovisioner.problem.Fault if the provider gives nothing to decide on
     */
    StepResult perform(StepContext context);
}
