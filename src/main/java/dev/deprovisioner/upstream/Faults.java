package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.upstream.UpstreamRequest.Api;

/** Says in an operator's words what went wrong at the provider. */
public final class Faults {

    private static final String NOT_ACCEPTABLE =
            ": it sends none of the media types of our Accept header, \"" + Api.SCIM.accept() + "\"";

    private Faults() {}

    /** 403: the client may not do this. */
    public static Fault forbidden(UpstreamResponse answer, String permission) {
        var problem = new Problem(
                ProblemType.UPSTREAM_FORBIDDEN,
                "The provider denies " + permission + " (" + answer.errorCode() + ").",
                "Assign " + permission + " to the OAuth client, and check that its role has SCIM administration"
                        + " permissions; then post again.",
                answer.errorWords());
        return new Fault(problem, Recovery.NEVER);
    }

    /** Any status of the SCIM API that no rule expects. */
    public static Fault unexpected(UpstreamResponse answer, String what) {
        var why = answer.status() == 406 ? NOT_ACCEPTABLE : "";
        var problem = new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered " + what + " with " + answer.errorCode() + why + ".",
                "Compare the provider's API with deprovisioner.scim.*, then post again.",
                answer.errorWords());
        return new Fault(problem, Recovery.NEVER);
    }

    static Fault of(FailedTry e) {
        return switch (e.reason()) {
            case UNREACHABLE, NO_ANSWER, SERVER_ERROR -> new Fault(unavailable(e), Recovery.LATER, e.notBefore());
            case THROTTLED -> new Fault(throttled(e), Recovery.PAUSE, e.notBefore());
            case MALFORMED -> new Fault(malformed(e), Recovery.LATER);
            case UNAUTHORIZED, TOKEN_REFUSED -> new Fault(unauthorized(e), Recovery.ONCE_MORE, e.notBefore());
        };
    }

    private static Problem unavailable(FailedTry e) {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The provider could not be used: " + e.getMessage() + ".",
                "Nothing to do while it lasts: the run goes on by itself. If it does not pass, check the provider's"
                        + " status page, and deprovisioner.upstream.base-url, token-uri and"
                        + " ssl-bundle.",
                e.quote());
    }

    private static Problem throttled(FailedTry e) {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The provider's rate limit is used up (" + e.getMessage() + ").",
                "Nothing to do: the run goes on when the pause is over. If it happens often, lower"
                        + " deprovisioner.upstream.rate-limit.requests or have the limit raised.",
                e.quote());
    }

    private static Problem malformed(FailedTry e) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider gave " + e.getMessage() + "; such an answer is never taken for empty or gone.",
                "Check that deprovisioner.upstream.base-url points at the provider's API and not at a proxy's page.",
                e.quote());
    }

    private static Problem unauthorized(FailedTry e) {
        var what = e.reason() == FailedTry.Reason.TOKEN_REFUSED
                ? "gives no token for our client credentials"
                : "refuses the access token, also a new one";
        return new Problem(
                ProblemType.UPSTREAM_UNAUTHORIZED,
                "The provider " + what + " (" + e.getMessage() + ").",
                "Verify deprovisioner.upstream.client-id and client-secret, and the client's scope configuration in"
                        + " the provider's admin console; then post again.",
                e.quote());
    }
}
