package dev.deprovisioner.audit;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController {

    private static final int MAX_LIMIT = 1000;

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    record Page(List<AuditEntry> items) {}

    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_JSON_VALUE)
    Page list(
            @RequestParam(required = false) @Nullable GroupId groupId, @RequestParam(defaultValue = "100") int limit) {
        return new Page(trail.list(groupId, bounded(limit)));
    }

    @GetMapping(path = "/audit-entries", produces = MediaType.APPLICATION_NDJSON_VALUE)
    String lines(
            @RequestParam(required = false) @Nullable GroupId groupId, @RequestParam(defaultValue = "100") int limit) {
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
