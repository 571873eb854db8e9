package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.deprovision.RecordedState;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemBody;
import dev.deprovisioner.problem.RecordedProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as lists show it. Unknown values are absent.
 *
 * @param id the id of the run, a UUIDv7 (RFC 9562)
 * @param groupId the provider's id of the group, as the request spelled it
 * @param displayName the name of the group, known after the first read
 * @param status its status: {@code SCHEDULED} (accepted, not started), {@code RUNNING}, {@code WAITING} (for its
 *     next attempt), {@code SUCCEEDED}, {@code BLOCKED} (refused before any change), {@code FAILED} (gave up) or
 *     {@code CANCELLED} (before any change). Newer versions may have others
 * @param outcome only of a success: {@code DELETED} (the service deleted the group, and a read confirmed it) or
 *     {@code ALREADY_ABSENT} (the group was deleted before). Newer versions may have others
 * @param step the current or last step: {@code VALIDATE}, {@code REMOVE_MEMBERS}, {@code DELETE_GROUP} or
 *     {@code SYNC_DIRECTORY}; newer versions may have others
 * @param reason the reason that the caller gave
 * @param requestedBy the principal of the first request
 * @param onBehalfOf the person on whose behalf the caller acts, as the caller named it
 * @param requestedAt the time of acceptance
 * @param startedAt the start of the run
 * @param finishedAt the end of the run
 * @param nextAttemptAt the next attempt of a waiting run, or the start of a scheduled run
 * @param attempt number of the current or last attempt at the step, from 1; 0 before the first
 * @param membersTotal number of members at the last read, plus those that this run had removed before; absent if
 *     the provider does not show members
 * @param membersListed whether the provider shows the members of the group; false if the group was deleted or
 *     refused without them
 * @param membersSource the source of the members: {@code group} (the group itself), {@code users-filter} (a search for its
 *     users) or {@code unlisted} (nowhere). Newer versions may have others
 * @param membersChecked number of members whose dependencies were checked
 * @param membersRemoved number of members that requests of this run removed
 * @param webhookSynced whether the receiver has confirmed the webhook
 * @param problem the reason why the run did not succeed or waits; only the answer about a single run quotes the
 *     provider
 */
@Schema(name = "DeprovisionSummary")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record RunSummary(
        @Schema(format = "uuid") String id,
        String groupId,
        @Nullable String displayName,
        String status,
        @Nullable String outcome,
        String step,
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
        @Nullable String membersSource,
        @Schema(minimum = "0") @Nullable Integer membersChecked,
        @Schema(minimum = "0") @Nullable Integer membersRemoved,
        @Nullable Boolean webhookSynced,
        @Nullable ProblemBody problem) {

    static RunSummary from(Run run) {
        var problem = shown(run.recorded());
        return from(run, problem == null ? null : problem.unquoted());
    }

    /** Quotes the provider's message. */
    static RunSummary quoting(Run run) {
        return from(run, shown(run.recorded()));
    }

    /** The problem of a running run is only the reason of its last wait, and is not shown. */
    private static @Nullable RecordedProblem shown(RecordedState state) {
        return state.status().equals(Status.RUNNING.name()) ? null : state.problem();
    }

    private static RunSummary from(Run run, @Nullable RecordedProblem problem) {
        var state = run.recorded();
        var progress = run.progress();
        var timeline = run.timeline();
        return new RunSummary(
                run.id().toString(),
                run.groupId().value(),
                progress.displayName(),
                state.status(),
                state.outcome(),
                state.step(),
                run.request().reason(),
                run.request().by().value(),
                run.request().onBehalfOf(),
                run.request().at(),
                timeline.startedAt(),
                timeline.finishedAt(),
                timeline.nextAttemptAt(),
                timeline.attempt(),
                progress.membersTotal(),
                progress.membersListed(),
                progress.membersSource(),
                progress.membersChecked(),
                run.membersRemoved(),
                run.webhookSynced(),
                problem == null ? null : ProblemBody.from(problem));
    }
}
