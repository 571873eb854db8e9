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

/** What was done and decided, in the order written. */
@RestController
@Tag(name = "Audit trail")
class AuditController {

    private static final int MAX_LIMIT = 1000;

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Entries of the trail.
     *
     * @param items the first entries, in the order written
     */
    @Schema(name = "AuditEntries")
    record Entries(
            @ArraySchema(maxItems = AuditController.MAX_LIMIT)
            List<AuditEntry> items) {}

    /**
     * Reads the audit trail, as one document or with one entry a line.
     *
     * @param groupId only this group
     * @param limit how many entries at most
     * @return the first entries
     */
    @Operation(operationId = "readAuditTrail")
    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_JSON_VALUE)
    Entries list(
            @RequestParam(required = false) @Nullable GroupId groupId,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + MAX_LIMIT) int limit) {
        return new Entries(trail.list(groupId, bounded(limit)));
    }

    @Operation(operationId = "readAuditTrail")
    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_NDJSON_VALUE)
    String lines(
            @RequestParam(required = false) @Nullable GroupId groupId,
            @RequestParam(defaultValue = "100") @Schema(minimum = "1", maximum = "" + MAX_LIMIT) int limit) {
        return trail.list(groupId, bounded(limit)).stream()
                .map(entry -> AuditTrail.line(entry) + "\n")
                .collect(Collectors.joining());
    }

    private static int bounded(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(new Problem(
                    ProblemType.INVALID_REQUEST, "limit is from 1 to " + MAX_LIMIT + ".", "Ask for fewer entries."));
        }
        return limit;
    }
}
