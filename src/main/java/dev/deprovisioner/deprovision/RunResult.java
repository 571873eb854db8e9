package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What a run has come to.
 *
 * @param outcome once the group is proven to be gone, else null
 * @param blockers how many things have to be resolved first
 * @param problem why it ended or waits; while running, why it last waited at this step
 */
public record RunResult(
        @Nullable Outcome outcome, int blockers, @Nullable Problem problem) {

    static final RunResult OPEN = new RunResult(null, 0, null);
}
