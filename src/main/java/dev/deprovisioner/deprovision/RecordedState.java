package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.RecordedProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run, in the words of the version that wrote its row. Only for display: this version may not know the
 * words.
 *
 * @param status as {@link Status} names it, or a newer version
 * @param step as {@link Step} names it, or a newer version
 * @param outcome as {@link Outcome} names it, or a newer version; null without success
 * @param blockersTotal how many blockers the run has
 * @param problem the reason of the end or the wait; while running, of the last wait at this step
 */
public record RecordedState(
        String status,
        String step,
        @Nullable String outcome,
        List<RecordedStep> steps,
        int blockersTotal,
        @Nullable RecordedProblem problem) {

    static RecordedState of(Deprovision run) {
        var outcome = run.verdict().outcome();
        var problem = run.verdict().problem();
        return new RecordedState(
                run.status().name(),
                run.step().name(),
                outcome == null ? null : outcome.name(),
                run.steps().records().stream().map(RecordedStep::of).toList(),
                run.verdict().blockers(),
                problem == null ? null : RecordedProblem.of(problem));
    }
}
