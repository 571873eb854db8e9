package dev.deprovisioner.problem;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The texts of faults of requests to the provider. A parameter {@code code} is the status of an answer with the
 * provider's error code; a parameter {@code quote} is the provider's own message, or null.
 */
public final class UpstreamProblems {

    private static final String COMPARE_API =
            "Compare the provider's API with the settings deprovisioner.scim.*, then post the group again.";

    private UpstreamProblems() {}

    /** @param action what the provider denies, such as "read groups" */
    public static Problem permissionDenied(String action, String code, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_FORBIDDEN,
                "The provider denies the permission to " + action + " (" + code + ").",
                "Give the client, or the owner of the bearer token, the permission to " + action
                        + ". Then post the group again.",
                quote);
    }

    /** @param scope of the client's tokens, such as {@code scim:group:read} */
    public static Problem scopeDenied(String scope, String action, String code, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_FORBIDDEN,
                "The provider denies " + scope + " (" + code + ").",
                "Assign the scope " + scope + " to the client, and the permission to " + action
                        + " to its role. Then post the group again.",
                quote);
    }

    /** @param query that of {@code deprovisioner.scim.read-query} */
    public static Problem readQueryRefused(String query, String code, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered a group read with " + code + ". The read asked with " + query + ".",
                "Set deprovisioner.scim.read-query to a query that the provider accepts, or to an empty value. Then post"
                        + " the group again.",
                quote);
    }

    /** @param request the kind of request, such as "the deletion" */
    public static Problem unexpectedStatus(String request, String code, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered " + request + " with " + code + ".",
                COMPARE_API,
                quote);
    }

    /**
     * @param request the kind of request, such as "a group read"
     * @param accept the {@code Accept} header of the request
     */
    public static Problem mediaTypesRefused(String request, String code, String accept, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered " + request + " with " + code
                        + ". It sends none of the media types of our Accept header, \"" + accept + "\".",
                COMPARE_API,
                quote);
    }

    /** @param reason what the request met, such as "no connection" */
    public static Problem unavailable(String reason, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The provider is unavailable: " + reason + ".",
                "Wait: the run continues by itself. If the fault lasts, check the provider's status page, and"
                        + " deprovisioner.upstream.base-url, token-uri and ssl-bundle.",
                quote);
    }

    /** @param reason what the request met, such as a status */
    public static Problem throttled(String reason, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The provider's rate limit is used up (" + reason + ").",
                "Wait: the run continues after the pause. If this happens often, lower"
                        + " deprovisioner.upstream.rate-limit.requests or ask the provider for a higher limit.",
                quote);
    }

    /** The read of a group was too old when the request that it is the basis of could be sent. */
    public static Problem permitTooLate() {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The request waited so long for its permit that the read of the group became too old.",
                "Wait: the run continues by itself. If the fault lasts, check the connection to the provider, and"
                        + " deprovisioner.upstream.rate-limit.");
    }

    /** Another process may own the run by now. */
    public static Problem ownershipUnconfirmed() {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The service is stopping, or could not confirm that it still owns the run. The change was not sent.",
                "Wait: the run continues by itself. If the fault lasts, check the connection to the database.");
    }

    public static Problem timeOver(long seconds) {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "The time for this work was over after " + seconds + " s, before the request was sent.",
                "Find out why the provider answers so late, or why requests wait for the rate limit. Then try again.");
    }

    /**
     * Reading the group took so long that no change could be decided on it.
     *
     * @param seconds how long it took
     * @param longest how many seconds it may take
     */
    public static Problem readTooSlow(long seconds, long longest) {
        return readTooSlow(seconds, longest, "");
    }

    /** The same where a removal that names its members is another choice. */
    public static Problem readTooSlowForAll(long seconds, long longest) {
        return readTooSlow(seconds, longest, ", or set deprovisioner.scim.member-removal=FILTERED");
    }

    private static Problem readTooSlow(long seconds, long longest, String orElse) {
        return new Problem(
                ProblemType.UPSTREAM_UNAVAILABLE,
                "Reading the group and its members took " + seconds + " s. The next change is sent only after a read of"
                        + " less than " + longest + " s.",
                "Raise deprovisioner.upstream.rate-limit.requests if the provider allows more" + orElse
                        + ". If the run has ended, post the group again.");
    }

    public static Problem stopped() {
        return new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "The service stopped before the provider answered.");
    }

    /** @param answer the kind of answer, such as "an answer over 1000 bytes" */
    public static Problem unusableAnswer(String answer, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider sent " + answer + ". Such an answer proves nothing.",
                "Check that deprovisioner.upstream.base-url leads to the provider's API, not to a proxy.",
                quote);
    }

    /** @param mebibytes how long an answer with a group may be */
    public static Problem groupTooLarge(int mebibytes) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider's answer to the read of the group is longer than " + mebibytes + " MiB. Such an answer"
                        + " proves nothing.",
                "Set deprovisioner.scim.read-query to attributes=displayName,externalId,members if the answer has other"
                        + " attributes. Otherwise remove members in the provider until the answer has at most "
                        + mebibytes + " MiB.");
    }

    /** The path of the users answers as if it did not exist. */
    public static Problem userSearchNotFound(String code, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered the search for users with " + code + ". A gateway or a missing route may answer"
                        + " the same, so it proves nothing about members.",
                "Check deprovisioner.upstream.base-url and deprovisioner.scim.users-path. If nothing is wrong there,"
                        + " wait: the run continues by itself.",
                quote);
    }

    /** @param form status and media type of the answer */
    public static Problem absenceUnproven(String form, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered the read of the group with " + form + ". A gateway or a missing route may answer"
                        + " the same, so it does not prove that the group is gone.",
                "Check deprovisioner.upstream.base-url and deprovisioner.scim.groups-path. If the provider answers so"
                        + " for a group that does not exist, set deprovisioner.scim.plain-not-found=accept.",
                quote);
    }

    public static Problem removalContradicted() {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered the removal of members with \"not found\", but shows the group and the members.",
                COMPARE_API);
    }

    /** The provider refuses a change of a group that no read shows changed. */
    public static Problem changeConflict(String code, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_CONFLICT,
                "The provider refused the change with " + code + ", although the group is unchanged.",
                "Inspect the group in the provider's admin console. Post the group again later.",
                quote);
    }

    /** @param why completes "the file", such as "is empty" */
    public static Problem bearerTokenUnusable(String file, String why) {
        return bearerToken("The bearer token file " + file + " " + why + ".", file, null);
    }

    public static Problem bearerTokenExpired(String file, Instant at) {
        return bearerToken("The bearer token in " + file + " expired at " + at + ".", file, null);
    }

    /** @param code what the provider answered, such as a status */
    public static Problem bearerTokenRefused(String file, String code, @Nullable String quote) {
        return bearerToken("The provider refuses the bearer token in " + file + " (" + code + ").", file, quote);
    }

    private static Problem bearerToken(String detail, String file, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_UNAUTHORIZED,
                detail,
                "Put a valid token of the provider into " + file
                        + " (deprovisioner.upstream.bearer-token-file). The run"
                        + " then continues by itself, within a minute and without a restart.",
                quote);
    }

    /** @param reason what the request met, such as a status */
    public static Problem tokenNotIssued(String reason, @Nullable String quote) {
        return unauthorized("The provider issues no token for the client credentials (" + reason + ").", quote);
    }

    /** @param reason what the request met, such as a status */
    public static Problem tokenRefused(String reason, @Nullable String quote) {
        return unauthorized("The provider refuses the access token, also a new one (" + reason + ").", quote);
    }

    private static Problem unauthorized(String detail, @Nullable String quote) {
        return new Problem(
                ProblemType.UPSTREAM_UNAUTHORIZED,
                detail,
                "Verify deprovisioner.upstream.client-id, client-secret and client-authentication, and the client's scopes in the provider's"
                        + " admin console. Then post the group again.",
                quote);
    }
}
