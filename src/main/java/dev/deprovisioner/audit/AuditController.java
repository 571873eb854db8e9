package dev.deprovisioner.audit;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.paging.PageBound;
import dev.deprovisioner.paging.PageLimit;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trail of actions and decisions, sealed in a chain. */
@RestController
@Tag(name = "Audit trail")
class AuditController {

    private static final String HASH = AuditEntry.HASH;

    private final AuditTrail trail;
    private final Verification verification;

    AuditController(AuditTrail trail, Verification verification) {
        this.trail = trail;
        this.verification = verification;
    }

    /**
     * A page of the audit trail.
     *
     * @param items the sealed entries in the order of the chain, then the unsealed entries
     */
    @Schema(name = "AuditEntries")
    record Entries(@ArraySchema(maxItems = PageLimit.MAX) List<AuditEntry> items) {}

    /**
     * Reads the audit trail, as one document or with one entry a line. A page of 1 MiB ends before {@code limit}
     * entries. For the next page, send the last sequence as {@code after}, until a page has no sealed entry.
     *
     * @param groupId only entries of this group
     * @param after only sealed entries after this sequence, and all unsealed entries
     * @param limit the largest number of entries in the page
     * @return the next entries
     */
    @Operation(operationId = "readAuditTrail")
    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_JSON_VALUE)
    Entries list(
            @RequestParam(required = false) @Nullable GroupId groupId,
            @RequestParam(defaultValue = "0") @Schema(minimum = "0") long after,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + PageLimit.MAX) int limit) {
        return new Entries(page(groupId, after, limit));
    }

    @Operation(operationId = "readAuditTrail")
    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_NDJSON_VALUE)
    String lines(
            @RequestParam(required = false) @Nullable GroupId groupId,
            @RequestParam(defaultValue = "0") @Schema(minimum = "0") long after,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + PageLimit.MAX) int limit) {
        return page(groupId, after, limit).stream()
                .map(entry -> AuditTrail.line(entry) + "\n")
                .collect(Collectors.joining());
    }

    /**
     * The result of a check of the chain or a part of it.
     *
     * @param valid whether every checked entry has the content and place with which it was sealed
     * @param entries the number of valid entries: all checked ones, or those before the first broken one
     * @param complete whether the check has reached the end of the chain or a broken entry
     * @param firstBroken the sequence of the first entry that was changed, inserted, moved or deleted
     * @param detail the fault of the broken entry, or the {@code PURGE} entry that explains a missing beginning
     * @param next the values of {@code after} and {@code afterHash} for the next call; absent if the check is
     *     complete
     */
    @Schema(name = "AuditVerification")
    record Verdict(
            boolean valid,
            @Schema(minimum = "0") long entries,
            boolean complete,
            @Nullable Long firstBroken,
            @Nullable String detail,
            @Nullable Next next) {

        static Verdict from(ChainCheck.Result result) {
            var broken = result.broken();
            return broken == null
                    ? new Verdict(
                            true, result.entries(), result.next() == null, null, purged(result), Next.from(result))
                    : new Verdict(false, result.entries(), true, broken.sequence(), broken.detail(), null);
        }

        private static @Nullable String purged(ChainCheck.Result result) {
            return result.purge() == null
                    ? null
                    : "The beginning was purged, as entry %d says.".formatted(result.purge());
        }
    }

    /**
     * The last checked entry.
     *
     * @param sequence its place in the chain
     * @param hash its hash at the time of the check
     */
    @Schema(name = "AuditVerificationNext")
    record Next(
            @Schema(minimum = "1") long sequence,
            @Schema(pattern = HASH) String hash) {

        static @Nullable Next from(ChainCheck.Result result) {
            var next = result.next();
            return next == null ? null : new Next(next.sequence(), next.hash());
        }
    }

    /**
     * Checks the chain of sealed entries, or a part of it. Ten thousand entries take about a second. A process checks for
     * one caller at a time, and a caller that was refused comes before those that ask later, if it repeats the request
     * within 10 seconds.
     *
     * @param after the {@code sequence} in {@code next} of the previous call; omit it to start with the first entry
     * @param afterHash the {@code hash} in {@code next} of the previous call, which is checked again
     * @param limit the largest number of entries to check
     * @return the result of the check
     */
    @Operation(operationId = "verifyAuditTrail")
    @GetMapping(path = "/audit-entries/verification", produces = MediaType.APPLICATION_JSON_VALUE)
    Verdict verification(
            @RequestParam(defaultValue = "0") @Schema(minimum = "0") long after,
            @RequestParam(required = false) @Schema(pattern = HASH) @Nullable String afterHash,
            @RequestParam(defaultValue = "" + Verification.MAX_LIMIT)
                    @Schema(minimum = "1", maximum = "" + Verification.MAX_LIMIT)
                    int limit,
            Authentication authentication) {
        requireVerifiable(limit);
        requireSequence(after);
        return Verdict.from(verification.verify(Caller.of(authentication), begin(after, afterHash), limit));
    }

    private static ChainHead begin(long after, @Nullable String afterHash) {
        if (after == 0 && afterHash == null) {
            return ChainHead.NONE;
        }
        if (after == 0 || afterHash == null || !afterHash.matches(HASH)) {
            throw new ProblemException(RequestProblems.auditPositionInvalid());
        }
        return new ChainHead(after, afterHash, null);
    }

    private List<AuditEntry> page(@Nullable GroupId groupId, long after, int limit) {
        var most = new PageLimit(limit);
        requireSequence(after);
        return PageBound.fitting(trail.list(groupId, after, most.value()));
    }

    private static void requireVerifiable(int limit) {
        if (limit < 1 || limit > Verification.MAX_LIMIT) {
            throw new ProblemException(RequestProblems.limitOutOfRange(Verification.MAX_LIMIT));
        }
    }

    private static void requireSequence(long after) {
        if (after < 0) {
            throw new ProblemException(RequestProblems.auditSequenceNegative());
        }
    }
}
