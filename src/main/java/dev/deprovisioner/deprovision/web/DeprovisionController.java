package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Deprovisioning;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/deprovisions/{groupId}")
class DeprovisionController {

    private static final int MAX_REASON = 1000;

    private final Deprovisioning deprovisioning;

    DeprovisionController(Deprovisioning deprovisioning) {
        this.deprovisioning = deprovisioning;
    }

    /**
     * @param reason why, for the audit trail
     * @param again take the group out anew although that has succeeded before
     */
    record Order(@Nullable String reason, @Nullable Boolean again) {

        Order {
            if (reason != null && (reason.length() > MAX_REASON || hasControlCharacter(reason))) {
                throw new ProblemException(new Problem(
                        ProblemType.INVALID_REQUEST,
                        "reason has at most " + MAX_REASON + " characters, and no control characters.",
                        "Shorten or clean the reason."));
            }
        }

        private static boolean hasControlCharacter(String text) {
            return text.chars().anyMatch(Character::isISOControl);
        }
    }

    @PostMapping
    ResponseEntity<DeprovisionView> request(
            @PathVariable GroupId groupId,
            @RequestBody(required = false) @Nullable Order order,
            @RequestHeader(name = "Prefer", required = false) @Nullable String prefer,
            Authentication caller) {
        var wanted = order == null ? new Order(null, null) : order;
        var wait = Preference.wait(prefer);
        var accepted =
                deprovisioning.request(groupId, caller.getName(), wanted.reason(), Boolean.TRUE.equals(wanted.again()));
        var run = wait.map(preference -> deprovisioning.await(accepted, preference.atMost()))
                .orElse(accepted);
        return answer(run, wait, wait.isPresent());
    }

    /** 200 says that the run has ended: as the caller wanted to wait for, or long ago with success. */
    private static ResponseEntity<DeprovisionView> answer(Deprovision run, Optional<Preference> wait, boolean waited) {
        boolean ended = run.isTerminal() && (waited || run.status() == Status.SUCCEEDED);
        var answer = ResponseEntity.status(ended ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(UriComponentsBuilder.fromPath("/deprovisions/{groupId}")
                        .encode()
                        .build(run.groupId().value()))
                .cacheControl(CacheControl.noStore());
        wait.ifPresent(preference -> answer.header("Preference-Applied", preference.applied()));
        return answer.body(DeprovisionView.from(run));
    }

    @GetMapping
    ResponseEntity<DeprovisionView> latest(@PathVariable GroupId groupId) {
        var run = deprovisioning
                .latest(groupId)
                .orElseThrow(() -> new ProblemException(new Problem(
                        ProblemType.NOT_FOUND,
                        "No de-provision of this group was ever requested.",
                        "Request one with POST /deprovisions/{groupId}.")));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(DeprovisionView.from(run));
    }
}
