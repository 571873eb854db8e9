package dev.deprovisioner.audit;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was done and decided, sealed in a chain. */
@RestController
@Tag(name = "Audit trail")
class AuditController {

    private static final int MAX_LIMIT = 1000;

    private final AuditTrail trail;
    private final Verification verification;

    AuditController(AuditTrail trail, Verification verification) {
        this.trail = trail;
        this.verification = verification;
    }

    /**
     * Entries of the trail.
     *
     * @param items the sealed entries in the order of the chain, then those that are not sealed yet
     */
    @Schema(name = "AuditEntries")
    record Entries(
            @ArraySchema(maxItems = AuditController.MAX_LIMIT)
            List<AuditEntry> items) {}

    /**
     * Reads the audit trail, as one document or with one entry a line.
     *
     * @param groupId only this group
     * @param after only sealed entries after this sequence, and those that are not sealed yet
     * @param limit how many entries at most
     * @return the next entries
     */
    @Operation(operationId = "readAuditTrail")
    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_JSON_VALUE)
    Entries list(
            @RequestParam(required = false) @Nullable GroupId groupId,
            @RequestParam(defaultValue = "0") @Schema(minimum = "0") long after,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + MAX_LIMIT) int limit) {
        return new Entries(page(groupId, after, limit));
    }

    @Operation(operationId = "readAuditTrail")
    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_NDJSON_VALUE)
    String lines(
            @RequestParam(required = false) @Nullable GroupId groupId,
            @RequestParam(defaultValue = "0") @Schema(minimum = "0") long after,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + MAX_LIMIT) int limit) {
        return page(groupId, after, limit).stream()
                .map(entry -> AuditTrail.line(entry) + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Whether the chain is whole.
     *
     * @param valid whether every sealed entry is what and where it was when it was sealed
     * @param entries how many are: all, or those before the first that is broken
     * @param firstBroken the sequence of the first entry that was changed, inserted, moved or taken away
     * @param detail what is wrong with it
     */
    @Schema(name = "AuditVerification")
    record Verdict(
            boolean valid,
            @Schema(minimum = "0") long entries,
            @Nullable Long firstBroken,
            @Nullable String detail) {

        static Verdict from(ChainCheck.Result result) {
            var broken = result.broken();
            return broken == null
                    ? new Verdict(true, result.entries(), null, null)
                    : new Verdict(false, result.entries(), broken.sequence(), broken.detail());
        }
    }

    /**
     * Checks the chain of all sealed entries that are kept. It takes a second for some ten thousand entries.
     *
     * @return whether it is whole, and where it is not
     */
    @Operation(operationId = "verifyAuditTrail")
    @GetMapping(path = "/audit-entries/verification", produces = MediaType.APPLICATION_JSON_VALUE)
    Verdict verification() {
        return Verdict.from(verification.verify());
    }

    private List<AuditEntry> page(@Nullable GroupId groupId, long after, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw invalid("limit is from 1 to " + MAX_LIMIT + ".", "Ask for fewer entries.");
        }
        if (after < 0) {
            throw invalid("after is the sequence of an entry.", "Leave it out, to begin with the first.");
        }
        return trail.list(groupId, after, limit);
    }

    private static ProblemException invalid(String detail, String remedy) {
        return new ProblemException(new Problem(ProblemType.INVALID_REQUEST, detail, remedy));
    }
}
