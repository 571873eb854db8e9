package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.DeprovisionService;
import dev.deprovisioner.deprovision.IdempotencyKey;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.paging.PageLimit;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemResponses;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.problem.ResourceProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.util.UriComponentsBuilder;

/** Request, read and cancel the run of one group. */
@RestController
@Tag(name = "One group")
@RequestMapping(path = "/deprovisions/{groupId}", produces = MediaType.APPLICATION_JSON_VALUE)
class DeprovisionController {

    private static final PageLimit RUNS = new PageLimit(100);

    private final DeprovisionService service;
    private final DeprovisionHistory history;
    private final GroupAccess access;
    private final RunPages pages;
    private final InstantSource clock;

    DeprovisionController(
            DeprovisionService service,
            DeprovisionHistory history,
            GroupAccess access,
            RunPages pages,
            InstantSource clock) {
        this.service = service;
        this.history = history;
        this.access = access;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * Removes a group.
     *
     * <p>Posting twice is harmless. If a run of the group is active, the answer is that run, and a waiting run resumes
     * at once. If the latest run succeeded, the answer is that run, unless the body has {@code "again":true}. After any
     * other end, a new run starts.
     *
     * <p>With an {@code Idempotency-Key}, a repeated request of the same caller gets the same run for 24 hours. The
     * answer shows the current state of the run, even if it has ended.
     *
     * @param groupId the provider's id of the group
     * @param prefer {@code wait=N} (RFC 7240): wait up to N seconds, at most 60, for the run to end
     */
    @Operation(operationId = "requestDeprovision")
    @ApiResponse(responseCode = "200", description = "The run has ended.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "202", description = "The run was accepted or is active.", useReturnTypeSchema = true)
    @Parameter(
            in = ParameterIn.HEADER,
            name = IdempotencyHeader.NAME,
            description = "A key that the caller chooses for this request, such as a UUID.",
            schema = @Schema(maxLength = IdempotencyKey.MAX_LENGTH, pattern = IdempotencyKey.PATTERN))
    @ProblemResponses({ProblemType.CONFLICT, ProblemType.IDEMPOTENCY_KEY_REUSED})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<DeprovisionView> request(
            @PathVariable GroupId groupId,
            @RequestBody(required = false) @Nullable DeprovisionRequestBody body,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
            WebRequest request,
            Authentication authentication) {
        var wait = PreferWait.wait(prefer);
        var key = IdempotencyHeader.key(request);
        var command = DeprovisionRequestBody.orEmpty(body).by(Caller.of(authentication), key, clock.instant());
        var accepted = service.request(groupId, command, access.requestAccess(command.by(), groupId));
        var run = wait.map(preference -> service.await(accepted, command.by(), preference.atMost()))
                .orElse(accepted);
        return answer(run, wait);
    }

    /** 200 if the run has ended, during the wait or before the request; else 202. */
    private ResponseEntity<DeprovisionView> answer(Run run, Optional<PreferWait> wait) {
        var answer = ResponseEntity.status(run.isTerminal() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(UriComponentsBuilder.fromPath("/deprovisions/{groupId}")
                        .encode()
                        .build(run.groupId().value()));
        wait.ifPresent(preference -> answer.header("Preference-Applied", preference.applied()));
        return answer.body(shown(run));
    }

    private DeprovisionView shown(Run run) {
        return DeprovisionView.from(run, history.blockers(run, 0, DeprovisionView.MAX_BLOCKERS));
    }

    /**
     * Shows the active run of a group or, without one, the latest.
     *
     * @param groupId the provider's id of the group
     * @return the run
     */
    @Operation(operationId = "getDeprovision")
    @ProblemResponses(ProblemType.NOT_FOUND)
    @GetMapping
    DeprovisionView latest(@PathVariable GroupId groupId, Authentication authentication) {
        return access.latest(Caller.of(authentication), groupId)
                .map(this::shown)
                .orElseThrow(() -> new ProblemException(ResourceProblems.runNeverRequested()));
    }

    /**
     * Cancels the active run of a group, if it has changed nothing yet.
     *
     * @param groupId the provider's id of the group
     * @return the cancelled run; cancelling it again is harmless
     */
    @Operation(operationId = "cancelDeprovision")
    @ProblemResponses({ProblemType.NOT_FOUND, ProblemType.CONFLICT})
    @DeleteMapping
    DeprovisionView cancel(@PathVariable GroupId groupId, Authentication authentication) {
        var caller = Caller.of(authentication);
        access.requireKnownCaller(caller);
        return shown(service.cancel(groupId, caller, run -> access.canSee(caller, run)));
    }

    /**
     * Lists the runs of a group, newest first, at most 100 a page.
     *
     * @param groupId the provider's id of the group
     * @param cursor the {@code nextCursor} of the previous page
     * @return the page, without runs that the caller is not allowed to see
     */
    @Operation(operationId = "listRuns")
    @GetMapping("/runs")
    RunPages.Page runs(
            @PathVariable GroupId groupId,
            @RequestParam(required = false) @Nullable Cursor cursor,
            Authentication authentication) {
        var caller = Caller.of(authentication);
        access.requireKnownCaller(caller);
        return pages.page(caller, RunFilter.of(groupId), cursor, RUNS);
    }

    /**
     * Shows one run of a group.
     *
     * @param groupId the provider's id of the group
     * @param id the id of the run
     * @return the run
     */
    @Operation(operationId = "getRun")
    @ProblemResponses(ProblemType.NOT_FOUND)
    @GetMapping("/runs/{id}")
    DeprovisionView run(@PathVariable GroupId groupId, @PathVariable DeprovisionId id, Authentication authentication) {
        return shown(access.run(Caller.of(authentication), groupId, id));
    }
}
