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
 * @param timestamp the time of the end or of the decision
 * @param groupId the provider's id of the group; absent for a purge of entries of the trail
 * @param action the action: {@code REQUEST}, {@code VALIDATE}, {@code REMOVE_MEMBERS}, {@code DELETE},
 *     {@code WEBHOOK}, {@code CANCEL}, {@code ABANDON}, {@code REDELIVER} or {@code PURGE}. {@code PURGE} is the deletion of a snapshot,
 *     a run or entries after their retention. Newer versions may have others
 * @param status the result: {@code SUCCESS}, {@code FAILED}, {@code BLOCKED} or {@code CHANGED}. {@code CHANGED}
 *     means that the run sent a change and then returned to {@code VALIDATE}. Newer versions may have others
 * @param latencyMs duration in milliseconds; 0 for a decision
 * @param error the cause of a failure; absent without one
 * @param webhookSynced whether the receiver has confirmed the webhook; true only in a {@code WEBHOOK} entry
 * @param sequence its place in the chain, counted from 1 without a gap; absent until it is sealed, about a second
 *     after it was written
 * @param deprovisionId the id of the run
 * @param actor the caller that requested the run or made the decision; absent for a purge by the service
 * @param onBehalfOf the person on whose behalf the caller acts, as the caller named it; absent if not given
 * @param reason the reason that the caller gave; absent if not given
 * @param outcome the outcome of a successful run: {@code DELETED} or {@code ALREADY_ABSENT}; absent before that
 * @param members the number of members that requests of the run had removed by then; absent while unknown, and if
 *     the provider does not show members
 * @param details further facts; absent without any. A {@code PURGE} of entries has {@code purged_sequence}, the
 *     last purged entry, and {@code purged_hash}, the {@code previous_hash} of the first remaining entry. A
 *     {@code PURGE} of a run has {@code purged}: {@code snapshot} or {@code run}. A step that did not succeed because of an
 *     answer of the provider has {@code correlation_id}, the provider's id of that request. A {@code CANCEL} of
 *     a run whose changes the provider refused has {@code changes_refused}, their number. A step has
 *     {@code members_source} and {@code members_listed} if the members were not read in the group's own list
 * @param contentHash the hash of the entry without sequence and hashes, see docs/audit.md; absent until it is
 *     sealed, and if an earlier version sealed it
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
        ABANDON,
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
