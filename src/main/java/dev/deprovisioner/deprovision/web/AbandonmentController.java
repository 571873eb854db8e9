package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.RunAbandonment;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemResponses;
import dev.deprovisioner.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AdditionalPropertiesValue;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets an operator give up a run that cannot go on. */
@RestController
@Tag(name = "Abandonment")
class AbandonmentController {

    private final RunAbandonment abandonment;
    private final GroupAccess access;

    AbandonmentController(RunAbandonment abandonment, GroupAccess access) {
        this.abandonment = abandonment;
        this.access = access;
    }

    /**
     * The body; every member is optional.
     *
     * @param reason the reason for giving up the run, for the audit trail
     */
    @Schema(name = "Abandonment", additionalProperties = AdditionalPropertiesValue.FALSE)
    record Body(
            @Schema(maxLength = DeprovisionRequestBody.MAX_REASON, pattern = RequestValues.ONE_LINE) @Nullable
            String reason) {

        Body {
            RequestValues.requireText("reason", reason, DeprovisionRequestBody.MAX_REASON);
        }
    }

    /**
     * Gives up the active run of a group, after it has changed something. The run ends {@code FAILED} and shows what had
     * been done; another run of the group can start.
     *
     * <p>A run that changed nothing is cancelled with DELETE.
     *
     * @param groupId the provider's id of the group
     * @return the run as it has ended
     */
    @Operation(operationId = "abandonDeprovision")
    @ApiResponse(responseCode = "202", description = "The run was given up.", useReturnTypeSchema = true)
    @ProblemResponses({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
    @ResponseStatus(HttpStatus.ACCEPTED)
    @PostMapping(
            path = "/deprovisions/{groupId}/abandonment",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    DeprovisionView abandon(
            @PathVariable GroupId groupId,
            @RequestBody(required = false) @Nullable Body body,
            Authentication authentication) {
        var caller = Caller.of(authentication);
        access.requireKnownCaller(caller);
        var reason = body == null ? null : body.reason();
        return DeprovisionView.from(
                abandonment.abandon(groupId, reason, caller, run -> access.requireVisible(caller, run)), List.of());
    }
}
