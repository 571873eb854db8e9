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
 * @param id names the run, a UUIDv7 (RFC 9562)
 * @param groupId the provider's id of the group, as the caller of the request wrote it
 * @param displayName the name of the group, once it was read
 * @param status where the run is: {@code SCHEDULED} (accepted, not started), {@code RUNNING}, {@code WAITING} (parked until
 *     its next attempt), {@code SUCCEEDED}, {@code BLOCKED} (refused before anything was changed), {@code FAILED} (gave up),
 *     {@code CANCELLED} (called off before anything was changed). Newer versions have others
 * @param outcome how the success came about: {@code DELETED} (the service deleted the group, and a read has confirmed it) or
 *     {@code ALREADY_ABSENT} (it was deleted before). Newer versions have others
 * @param step which is next, or was the last: {@code VALIDATE}, {@code REMOVE_MEMBERS}, {@code DELETE_GROUP} or
 *     {@code SYNC_DIRECTORY}; newer versions have others
 * @param reason why, in the words of the caller
 * @param requestedBy who asked first, as the token said
 * @param onBehalfOf the person that the caller asks for, in the words of the caller
 * @param requestedAt when it was accepted
 * @param startedAt when it began
 * @param finishedAt when it ended
 * @param nextAttemptAt when a waiting run goes on, or a scheduled one begins
 * @param attempt which attempt at the step this is or was, from 1; 0 before the first
 * @param membersTotal members that the group had when it was read, and those that this run had removed before; absent where
 *     the provider does not show them
 * @param membersListed whether the provider shows who is in the group; false where it was deleted or refused unseen
 * @param membersSource where members were read: {@code group} (in the group itself), {@code users-filter} (in a search for its
 *     users) or {@code unlisted} (nowhere). Newer versions have others
 * @param membersChecked members that were checked for what depends on them
 * @param membersRemoved members that requests of this run removed
 * @param webhookSynced whether the receiver has confirmed the webhook
 * @param problem the reason why the run did not succeed or waits; only the answer about a single run quotes the
 *     provider
 */
@Schema(name = "DeprovisionSummary")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record SummaryView(
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

    static SummaryView from(Run run) {
        var problem = shown(run.recorded());
        return from(run, problem == null ? null : problem.unquoted());
    }

    /** Quotes the provider's message. */
    static SummaryView quoting(Run run) {
        return from(run, shown(run.recorded()));
    }

    /** The problem of a running run is only the reason of its last wait, and is not shown. */
    private static @Nullable RecordedProblem shown(RecordedState state) {
        return state.status().equals(Status.RUNNING.name()) ? null : state.problem();
    }

    private static SummaryView from(Run run, @Nullable RecordedProblem problem) {
        var state = run.recorded();
        var progress = run.progress();
        var timeline = run.timeline();
        return new SummaryView(
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
