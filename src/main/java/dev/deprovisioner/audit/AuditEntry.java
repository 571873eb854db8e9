package dev.deprovisioner.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One entry of the trail: an ended step, a decision of a caller, or a purge by the service. It names no member.
 *
 * @param timestamp when it ended or was decided
 * @param groupId the provider's id of the group; none where entries of the trail itself were purged
 * @param action what ended or was decided: {@code REQUEST}, {@code VALIDATE}, {@code REMOVE_MEMBERS}, {@code DELETE},
 *     {@code WEBHOOK}, {@code CANCEL}, {@code REDELIVER}, or {@code PURGE} where a group's snapshot or entries of this trail
 *     had been kept for long enough and were deleted. As it was written: other versions of the service have others
 * @param status how it ended: {@code SUCCESS}, {@code FAILED}, {@code BLOCKED}, or {@code CHANGED} where the run went back to
 *     validate the group again after it had sent something; other versions have others
 * @param latencyMs how long it took, in milliseconds; 0 for a decision
 * @param error what went wrong; none if nothing did
 * @param webhookSynced whether the receiver has confirmed that it knows of the deletion, which only a {@code WEBHOOK}
 *     entry can say
 * @param sequence its place in the chain, counted from 1 without a gap; none until it is sealed, which takes about a second
 * @param deprovisionId the run
 * @param actor who asked for the run, or decided; none where the service purged by itself
 * @param onBehalfOf the person that the caller asks for, in the caller's words; none if none were given
 * @param reason why, in the caller's words; none if none were given
 * @param outcome of a run that succeeded: {@code DELETED} or {@code ALREADY_ABSENT}; none before that
 * @param members how many members requests of the run had removed by then; none while that is not known, and where the
 *     provider does not show who is in the group
 * @param details further facts; none if there are none. In a {@code PURGE} of entries of the trail: {@code purged_sequence}, the
 *     last entry that it took away, with all before it, and {@code purged_hash}, which the first entry that is left has as
 *     {@code previous_hash}. In a {@code PURGE} of a run: {@code purged}, {@code snapshot} or {@code run}.
 *     In a step that did not succeed because of an answer of the provider: {@code correlation_id}, the provider's id of that
 *     request, if it named one. Of a step, where members were not read in the group's own list: {@code members_source} and {@code members_listed}
 * @param contentHash of the entry without sequence and hashes, as docs/audit.md says; none until it is sealed, and where an
 *     earlier version sealed it
 * @param previousHash the hash of the entry before it; 64 zeros for the first
 * @param hash the hash of {@code content_hash}, {@code previous_hash} and {@code sequence}, see docs/audit.md
 * @param format number of the rules that it was sealed by, kept beside the entry; null for earlier entries or if
 *     unknown
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AuditEntry(
        Instant timestamp,
        @Nullable String groupId,
        String action,
        String status,
        @Schema(minimum = "0") long latencyMs,
        @Nullable String error,
        boolean webhookSynced,
        @Schema(minimum = "1") @Nullable Long sequence,
        @Schema(format = "uuid") @Nullable String deprovisionId,
        @Nullable String actor,
        @Nullable String onBehalfOf,
        @Nullable String reason,
        @Nullable String outcome,
        @Schema(minimum = "0") @Nullable Integer members,
        @Nullable Map<String, @Nullable Object> details,
        @Schema(pattern = AuditEntry.HASH) @Nullable String contentHash,
        @Schema(pattern = AuditEntry.HASH) @Nullable String previousHash,
        @Schema(pattern = AuditEntry.HASH) @Nullable String hash,
        @JsonIgnore @Schema(hidden = true) @Nullable Integer format) {

    /** The rules by which this version seals. */
    static final int FORMAT = 1;

    static final String HASH = "^[0-9a-f]{64}$";

    /** The actions that this version of the service writes. */
    public enum Action {
        REQUEST,
        VALIDATE,
        REMOVE_MEMBERS,
        DELETE,
        WEBHOOK,
        CANCEL,
        REDELIVER,
        PURGE
    }

    /** The results that this version of the service writes. */
    public enum Status {
        SUCCESS,
        FAILED,
        BLOCKED,
        CHANGED
    }

    /** The entries of the trail up to this one were purged. */
    static AuditEntry purge(Instant timestamp, long lastSequence, String lastHash) {
        return new AuditEntry(
                timestamp,
                null,
                Action.PURGE.name(),
                Status.SUCCESS.name(),
                0,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Details.ofPurge(lastSequence, lastHash),
                null,
                null,
                null,
                null);
    }

    /** The last entry that this one purged; null if it purged none. */
    @Nullable
    Long purgedSequence() {
        return Details.purgedSequence(details);
    }

    /** Of the last entry that this one purged. */
    @Nullable
    String purgedHash() {
        return Details.purgedHash(details);
    }

    /** The entry as it was written, without the columns that sealing adds. */
    AuditEntry content() {
        return sealed(null, null, null, null, null);
    }

    /** The entry at its place in the chain, without its hash. */
    AuditEntry after(ChainHead head, String newContentHash) {
        return sealed(head.sequence() + 1, newContentHash, head.hash(), null, FORMAT);
    }

    AuditEntry withHash(@Nullable String newHash) {
        return sealed(sequence, contentHash, previousHash, newHash, format);
    }

    private AuditEntry sealed(
            @Nullable Long newSequence,
            @Nullable String newContentHash,
            @Nullable String newPrevious,
            @Nullable String newHash,
            @Nullable Integer newFormat) {
        return new AuditEntry(
                timestamp,
                groupId,
                action,
                status,
                latencyMs,
                error,
                webhookSynced,
                newSequence,
                deprovisionId,
                actor,
                onBehalfOf,
                reason,
                outcome,
                members,
                details,
                newContentHash,
                newPrevious,
                newHash,
                newFormat);
    }

    /**
     * The run that an entry is about.
     *
     * @param actor the caller that requested the run or made the decision; null if the service acts by itself
     * @param onBehalfOf the person on whose behalf the caller acts; null if not given
     * @param reason the reason that the caller gave; null if not given
     */
    public record Subject(
            DeprovisionId deprovision,
            GroupId group,
            @Nullable Caller actor,
            @Nullable String onBehalfOf,
            @Nullable String reason) {

        /** An entry about this run, which says nothing of an outcome or of members. */
        public AuditEntry entry(
                Instant timestamp,
                Action action,
                Status status,
                long latencyMs,
                @Nullable String error,
                boolean synced) {
            return entry(timestamp, action, status, latencyMs, error, synced, Result.NONE);
        }

        /** An entry about this run. */
        public AuditEntry entry(
                Instant timestamp,
                Action action,
                Status status,
                long latencyMs,
                @Nullable String error,
                boolean synced,
                Result result) {
            return new AuditEntry(
                    timestamp,
                    group.value(),
                    action.name(),
                    status.name(),
                    latencyMs,
                    error,
                    synced,
                    null,
                    deprovision.toString(),
                    actor == null ? null : actor.value(),
                    onBehalfOf,
                    reason,
                    result.outcome(),
                    result.members(),
                    result.details(),
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * The end of a run.
     *
     * @param outcome of a success, else null
     * @param members number of members removed by then; null while unknown
     * @param details further facts; null for none
     */
    public record Result(
            @Nullable String outcome,
            @Nullable Integer members,
            @Nullable Map<String, @Nullable Object> details) {

        static final Result NONE = new Result(null, null);

        public Result(@Nullable String outcome, @Nullable Integer members) {
            this(outcome, members, null);
        }
    }
}
