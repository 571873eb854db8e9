package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.upstream.UpstreamRequest.Api;

/** Turns answers and failed tries into faults with the text for an operator. */
public final class Faults {

    private Faults() {}

    /**
     * 403: the client may not do this.
     *
     * @param action such as "read groups"
     */
    public static Fault forbidden(UpstreamResponse answer, String action) {
        return failed(answer, UpstreamProblems.permissionDenied(action, answer.errorCode(), answer.errorWords()));
    }

    /** The same, where a scope permits it. */
    public static Fault scopeDenied(UpstreamResponse answer, String scope, String action) {
        return failed(answer, UpstreamProblems.scopeDenied(scope, action, answer.errorCode(), answer.errorWords()));
    }

    /** 400 to a group read with the query of the settings. */
    public static Fault readQueryRefused(UpstreamResponse answer, String query) {
        return failed(answer, UpstreamProblems.readQueryRefused(query, answer.errorCode(), answer.errorWords()));
    }

    /** Any status of the SCIM API that no rule expects. */
    public static Fault unexpected(UpstreamResponse answer, String what) {
        var problem = answer.status() == 406
                ? UpstreamProblems.mediaTypesRefused(what, answer.errorCode(), Api.SCIM.accept(), answer.errorWords())
                : UpstreamProblems.unexpectedStatus(what, answer.errorCode(), answer.errorWords());
        return failed(answer, problem);
    }

    /** An answer that proves nothing, while a later one may: the run waits. */
    public static Fault inconclusive(UpstreamResponse answer, Problem problem) {
        return new Fault(problem.correlated(answer.correlationId()), Recovery.RETRY);
    }

    private static Fault failed(UpstreamResponse answer, Problem problem) {
        return new Fault(problem.correlated(answer.correlationId()), Recovery.FAIL);
    }

    static Fault of(FailedAttempt e) {
        var problem = problem(e).correlated(e.correlationId());
        return e.hasOwnPause()
                ? Fault.withOwnPause(problem, recovery(e), e.notBefore())
                : new Fault(problem, recovery(e), e.notBefore());
    }

    private static Problem problem(FailedAttempt e) {
        var what = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case UNREACHABLE, NO_ANSWER, SERVER_ERROR -> UpstreamProblems.unavailable(what, e.quote());
            case THROTTLED -> UpstreamProblems.throttled(what, e.quote());
            case MALFORMED -> UpstreamProblems.unusableAnswer(what, e.quote());
            case UNAUTHORIZED -> UpstreamProblems.tokenRefused(what, e.quote());
            case TOKEN_REFUSED -> UpstreamProblems.tokenNotIssued(what, e.quote());
        };
    }

    private static Recovery recovery(FailedAttempt e) {
        return switch (e.reason()) {
            case UNREACHABLE, NO_ANSWER, SERVER_ERROR, MALFORMED -> Recovery.RETRY;
            case THROTTLED -> Recovery.RETRY_UNCOUNTED;
            case UNAUTHORIZED, TOKEN_REFUSED -> Recovery.RETRY_ONCE;
        };
    }
}
