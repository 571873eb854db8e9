package dev.deprovisioner.problem;

import java.time.Duration;

/** The texts of problems of the caller of a request: its token, its rate, and the groups that it is allowed to manage. */
public final class CallerProblems {

    /** The time after which a caller with too many active runs may have room for another. */
    public static final Duration ROOM_LATER = Duration.ofMinutes(1);

    private CallerProblems() {}

    public static Problem tokenInvalid() {
        return new Problem(
                ProblemType.UNAUTHENTICATED,
                "The request has no valid access token for this service.",
                "Send an unexpired JWT for the audience deprovisioner as a bearer token.");
    }

    /** The token may be valid. */
    public static Problem tokenUnchecked() {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "The access token cannot be checked now. Nothing was accepted.",
                "Send the request again later.");
    }

    public static Problem scopeMissing(String scope) {
        return new Problem(
                ProblemType.FORBIDDEN,
                "The access token does not have the scope " + scope + ".",
                "Ask the administrator of the token issuer to grant the scope " + scope + " to this client.");
    }

    /** No scope opens the path. */
    public static Problem pathClosed() {
        return new Problem(
                ProblemType.FORBIDDEN,
                "This path is closed to callers.",
                "Send the request to a path that the API description lists.");
    }

    public static Problem groupNotAllowed() {
        return new Problem(
                ProblemType.FORBIDDEN,
                "This caller is not allowed to manage this group.",
                "Ask an operator to add the group to this caller's entry in deprovisioner.security.callers.");
    }

    /** @param most the bound, over all replicas */
    public static Problem tooManyActiveRuns(int most) {
        return new Problem(
                ProblemType.TOO_MANY_REQUESTS,
                "This caller has " + most + " active runs, scheduled ones included: no more are accepted.",
                "Wait until some of them have ended, or cancel some with DELETE, then send the request again.");
    }

    public static Problem rateExceeded() {
        return new Problem(
                ProblemType.TOO_MANY_REQUESTS,
                "This caller sends more requests than its rate limit allows.",
                "Send the request again after the time in the Retry-After header.");
    }
}
