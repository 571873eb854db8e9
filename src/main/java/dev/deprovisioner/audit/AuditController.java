package dev.deprovisioner.audit;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @GetMapping("/audit-entries")
    Page list(
            @RequestParam(required = false) @Nullable GroupId groupId, @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(new Problem(
                    ProblemType.INVALID_REQUEST, "limit is from 1 to " + MAX_LIMIT + ".", "Ask for fewer entries."));
        }
        return new Page(trail.list(groupId, limit));
    }
}
