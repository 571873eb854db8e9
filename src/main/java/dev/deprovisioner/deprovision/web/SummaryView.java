package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as lists show it. What is not known is absent.
 *
 * @param id names the run, a UUIDv7 (RFC 9562): ids sort by the time of their requests
 * @param groupId the provider's id of the group, as the caller of the request wrote it
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
 * @param problem why it did not succeed, or waits; the provider's own words only where the run is shown alone
 */
@Schema(name = "DeprovisionSummary")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record SummaryView(
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
        @Nullable ProblemBody problem) {

    static SummaryView from(Deprovision run) {
        var problem = shown(run);
        return from(run, problem == null ? null : problem.unquoted());
    }

    /** With the provider's own words. */
    static SummaryView quoting(Deprovision run) {
        return from(run, shown(run));
    }

    /** While it runs, a problem is only the memory of why it last waited. */
    private static @Nullable Problem shown(Deprovision run) {
        return run.status() == Status.RUNNING ? null : run.verdict().problem();
    }

    private static SummaryView from(Deprovision run, @Nullable Problem problem) {
        var progress = run.progress();
        var timeline = run.timeline();
        return new SummaryView(
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
                problem == null ? null : ProblemBody.from(problem));
    }
}
