package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.upstream.UpstreamRequest.Api;

/** Turns answers and failed tries into faults with the text for an operator. */
public final class Faults {

    private Faults() {}

    /** 403: the client may not do this. */
    public static Fault forbidden(UpstreamResponse answer, String permission) {
        return new Fault(
                UpstreamProblems.permissionDenied(permission, answer.errorCode(), answer.errorWords()), Recovery.FAIL);
    }

    /** Any status of the SCIM API that no rule expects. */
    public static Fault unexpected(UpstreamResponse answer, String what) {
        var problem = answer.status() == 406
                ? UpstreamProblems.mediaTypesRefused(what, answer.errorCode(), Api.SCIM.accept(), answer.errorWords())
                : UpstreamProblems.unexpectedStatus(what, answer.errorCode(), answer.errorWords());
        return new Fault(problem, Recovery.FAIL);
    }

    static Fault of(FailedAttempt e) {
        var what = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case UNREACHABLE, NO_ANSWER, SERVER_ERROR ->
                new Fault(UpstreamProblems.unavailable(what, e.quote()), Recovery.RETRY, e.notBefore());
            case THROTTLED ->
                new Fault(UpstreamProblems.throttled(what, e.quote()), Recovery.RETRY_UNCOUNTED, e.notBefore());
            case MALFORMED -> new Fault(UpstreamProblems.unusableAnswer(what, e.quote()), Recovery.RETRY);
            case UNAUTHORIZED ->
                new Fault(UpstreamProblems.tokenRefused(what, e.quote()), Recovery.RETRY_ONCE, e.notBefore());
            case TOKEN_REFUSED ->
                new Fault(UpstreamProblems.tokenNotIssued(what, e.quote()), Recovery.RETRY_ONCE, e.notBefore());
        };
    }
}
