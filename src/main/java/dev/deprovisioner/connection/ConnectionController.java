package dev.deprovisioner.connection;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The connection to the provider, for operators. */
@RestController
@Tag(name = "Connection")
class ConnectionController {

    private final ConnectionCheck check;

    ConnectionController(ConnectionCheck check) {
        this.check = check;
    }

    /**
     * The result of a check.
     *
     * @param checkedAt the end of the check
     * @param groupId the group of the request; absent without one
     * @param status the status of the worst finding
     * @param findings all findings, in the order of the reads
     * @param rateBudget the rest of the provider's rate limit; absent if the provider does not say it
     */
    @Schema(name = "Connection")
    record View(
            Instant checkedAt,
            @Nullable String groupId,
            FindingStatus status,
            List<Finding> findings,
            @Nullable RateBudgetView rateBudget) {

        static View from(ConnectionReport report) {
            var budget = report.budget();
            return new View(
                    report.checkedAt(),
                    report.groupId() == null ? null : report.groupId().value(),
                    report.status(),
                    report.findings(),
                    budget == null
                            ? null
                            : new RateBudgetView(
                                    budget.limit(), budget.remaining(), resetAt(report.checkedAt(), budget.reset())));
        }

        private static @Nullable Instant resetAt(Instant checkedAt, @Nullable Duration reset) {
            return Optional.ofNullable(reset).map(checkedAt::plus).orElse(null);
        }
    }

    /**
     * The rest of the provider's rate limit.
     *
     * @param limit the requests of a window; absent if the provider does not say it
     * @param remaining the requests that are left
     * @param resetAt the end of the window; absent if the provider does not say it
     */
    @Schema(name = "RateBudget")
    record RateBudgetView(
            @Schema(minimum = "0") @Nullable Long limit,
            @Schema(minimum = "0") long remaining,
            @Nullable Instant resetAt) {}

    /**
     * Checks the connection to the provider, and changes nothing. The answer is 200 also if the connection is bad: the
     * findings say what is wrong.
     *
     * <p>With a group, the check reads it as a run would. A process reads the provider for at most 60 seconds, and checks
     * for one caller at a time. A caller that was refused comes before those that ask later, if it repeats the request
     * within 10 seconds.
     *
     * @param groupId the provider's id of a group that is checked too
     * @return the findings
     */
    @Operation(operationId = "checkConnection")
    @GetMapping(path = "/upstream", produces = MediaType.APPLICATION_JSON_VALUE)
    View check(@RequestParam(required = false) @Nullable GroupId groupId, Authentication authentication) {
        return View.from(check.check(Caller.of(authentication), groupId));
    }
}
