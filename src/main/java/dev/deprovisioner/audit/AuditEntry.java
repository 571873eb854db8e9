package dev.deprovisioner.audit;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One line of the trail: a step that ended or a decision of a caller. It names no member.
 *
 * @param timestamp when it ended or was decided
 * @param groupId the provider's id of the group
 * @param action what ended or was decided
 * @param status how it ended
 * @param latencyMs how long it took, in milliseconds; 0 for a decision
 * @param error what went wrong; none if nothing did
 * @param webhookSynced whether the receiver has confirmed that it knows of the deletion, which only a {@code WEBHOOK}
 *     entry can say
 * @param deprovisionId the run
 * @param actor who asked for the run, or decided
 * @param reason why, in the caller's words; none if none were given
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AuditEntry(
        Instant timestamp,
        String groupId,
        Action action,
        Status status,
        @Schema(minimum = "0") long latencyMs,
        @Nullable String error,
        boolean webhookSynced,
        @Schema(format = "uuid") String deprovisionId,
        String actor,
        @Nullable String reason) {

    /** What ended or was decided. */
    public enum Action {
        REQUEST,
        VALIDATE,
        REMOVE_MEMBERS,
        DELETE,
        WEBHOOK,
        CANCEL,
        REDELIVER
    }

    /** How it ended. */
    public enum Status {
        SUCCESS,
        FAILED,
        BLOCKED
    }

    /** Whose run it is about: who asked for it, and why. */
    public record Subject(
            DeprovisionId deprovision,
            GroupId group,
            String actor,
            @Nullable String reason) {

        /** An entry about this run. */
        public AuditEntry entry(
                Instant timestamp,
                Action action,
                Status status,
                long latencyMs,
                @Nullable String error,
                boolean synced) {
            return new AuditEntry(
                    timestamp,
                    group.value(),
                    action,
                    status,
                    latencyMs,
                    error,
                    synced,
                    deprovision.toString(),
                    actor,
                    reason);
        }
    }
}
