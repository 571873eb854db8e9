package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepRecord;
import dev.deprovisioner.problem.ProblemBody;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as callers see it. What is not known is absent.
 *
 * @param id names the run, a UUIDv7 (RFC 9562): ids sort by the time of their requests
 * @param groupId the provider's id of the group
 * @param displayName the name of the group, once it was read
 * @param status where the run is
 * @param outcome how the success came about
 * @param step which is next, or was the last
 * @param reason why, in the words of the caller
 * @param requestedBy who asked first, as the token said
 * @param onBehalfOf for whom, in the words of the caller
 * @param requestedAt when it was accepted
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param nextAttemptAt when a waiting run goes on, or a scheduled one begins
 * @param attempt which attempt at the step this is or was, from 1; 0 before the first
 * @param membersTotal members that the group had when it was read, and those that this run had removed before; absent where
 *     the provider does not show them
 * @param membersListed whether the provider shows who is in the group; false where it was deleted or refused unseen
 * @param membersChecked members that were checked for what depends on them
 * @param membersRemoved members whom requests of this run removed
 * @param webhookSynced whether the receiver has confirmed the webhook
 * @param steps all four, in their order
 * @param blockers what would be orphaned or left dangling
 * @param problem why it did not succeed, or waits
 */
@Schema(name = "Deprovision")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record DeprovisionView(
        @Schema(format = "uuid") String id,
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
        @Schema(minimum = "0") int attempt,
        @Schema(minimum = "0") @Nullable Integer membersTotal,
        @Nullable Boolean membersListed,
        @Schema(minimum = "0") @Nullable Integer membersChecked,
        @Schema(minimum = "0") @Nullable Integer membersRemoved,
        @Nullable Boolean webhookSynced,
        @Schema(requiredMode = RequiredMode.REQUIRED) List<StepView> steps,
        List<Blocker> blockers,
        @Nullable ProblemBody problem) {

    /**
     * One step of a run.
     *
     * @param name which it is
     * @param state where it is
     * @param startedAt when it was first begun
     * @param finishedAt when it ended
     * @param latencyMs time spent in it, in milliseconds, the time parked not included
     * @param requests requests to the provider so far
     */
    @Schema(name = "Step")
    record StepView(
            Step name,
            Step.State state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Schema(minimum = "0") @Nullable Long latencyMs,
            @Schema(minimum = "0") int requests) {

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
                progress.membersListed(),
                progress.membersChecked(),
                run.membersRemoved(),
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
