package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepRecord;
import dev.deprovisioner.problem.ProblemBody;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as callers see it. What is not known is absent. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record DeprovisionView(
        String id,
        String groupId,
        @Nullable String displayName,
        Status status,
        @Nullable Outcome outcome,
        Step step,
        @Nullable String reason,
        String requestedBy,
        @Nullable String onBehalfOf,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant nextAttemptAt,
        int attempt,
        @Nullable Integer membersTotal,
        @Nullable Integer membersChecked,
        @Nullable Integer membersRemoved,
        @Nullable Boolean webhookSynced,
        List<StepView> steps,
        List<Blocker> blockers,
        @Nullable ProblemBody problem) {

    record StepView(
            Step name,
            Step.State state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Long latencyMs,
            int requests) {

        static StepView from(StepRecord step) {
            boolean begun = step.startedAt() != null;
            return new StepView(
                    step.name(),
                    step.state(),
                    step.startedAt(),
                    step.finishedAt(),
                    begun ? step.latencyMs() : null,
                    step.requests());
        }
    }

    static DeprovisionView from(Deprovision run) {
        var progress = run.progress();
        var timeline = run.timeline();
        return new DeprovisionView(
                run.id().toString(),
                run.groupId().value(),
                progress.displayName(),
                run.status(),
                run.verdict().outcome(),
                run.step(),
                run.request().reason(),
                run.request().by(),
                run.request().onBehalfOf(),
                run.request().at(),
                timeline.startedAt(),
                timeline.finishedAt(),
                timeline.nextAttemptAt(),
                timeline.attempt(),
                progress.membersTotal(),
                progress.membersChecked(),
                progress.membersRemoved(),
                run.webhookSynced(),
                run.steps().records().stream().map(StepView::from).toList(),
                run.verdict().blockers(),
                problem(run));
    }

    /** While it runs, a problem is only the memory of why it last waited. */
    private static @Nullable ProblemBody problem(Deprovision run) {
        var problem = run.verdict().problem();
        return problem == null || run.status() == Status.RUNNING ? null : ProblemBody.from(problem);
    }
}
