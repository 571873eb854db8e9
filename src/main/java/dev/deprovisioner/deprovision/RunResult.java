package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param outcome of the run if the group is proven to be gone, else null
 * @param blockers number of blockers
 * @param problem the reason of the end or the wait; while running, of the last wait at this step
 */
public record RunResult(
        @Nullable Outcome outcome, int blockers, @Nullable Problem problem) {

    static final RunResult OPEN = new RunResult(null, 0, null);
}
