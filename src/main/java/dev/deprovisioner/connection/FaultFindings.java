package dev.deprovisioner.connection;

import static dev.deprovisioner.connection.FindingCode.ANSWER_UNUSABLE;
import static dev.deprovisioner.connection.FindingCode.PERMISSION_MISSING;
import static dev.deprovisioner.connection.FindingCode.PROVIDER_THROTTLED;
import static dev.deprovisioner.connection.FindingCode.PROVIDER_UNAVAILABLE;
import static dev.deprovisioner.connection.FindingCode.TOKEN_FAILED;
import static dev.deprovisioner.connection.FindingCode.TOKEN_REFUSED;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.upstream.ProviderIdentity;

/**
 * Makes findings of faults of the provider. The remedies of a fault's problem are for a run, so a finding has its own. The
 * provider's words stay out: they may name a member.
 */
record FaultFindings(ProviderIdentity identity) {

    static final String BASE_URL = "deprovisioner.upstream.base-url";

    /** There is no token. */
    Finding ofToken(Fault fault) {
        return Finding.failed(TOKEN_FAILED, detail(fault), tokenSetting(fault));
    }

    private String tokenSetting(Fault fault) {
        if (identity.hasStaticToken()) {
            return "deprovisioner.upstream.bearer-token-file";
        }
        return isType(fault, ProblemType.UPSTREAM_UNAUTHORIZED)
                ? "deprovisioner.upstream.client-secret"
                : "deprovisioner.upstream.token-uri";
    }

    /**
     * A read has failed.
     *
     * @param read what was read, as the subject of the detail
     * @param status how bad it is that this could not be read
     */
    Finding of(String read, FindingStatus status, Fault fault) {
        var detail = read + ": " + detail(fault);
        return switch (fault.problem().type()) {
            case UPSTREAM_UNAUTHORIZED -> Finding.failed(TOKEN_REFUSED, detail, null);
            case UPSTREAM_FORBIDDEN ->
                new Finding(
                        PERMISSION_MISSING,
                        status,
                        detail + " Give the client, or the owner of the bearer token, this permission.",
                        identity.scopes().isEmpty() ? null : "deprovisioner.upstream.scopes");
            case UPSTREAM_UNAVAILABLE -> unavailable(status, detail, fault);
            default ->
                new Finding(
                        ANSWER_UNUSABLE,
                        status,
                        detail + " Check that the address leads to the provider's API.",
                        BASE_URL);
        };
    }

    private static Finding unavailable(FindingStatus status, String detail, Fault fault) {
        return fault.recovery() == Recovery.RETRY_UNCOUNTED
                ? new Finding(PROVIDER_THROTTLED, status, detail, "deprovisioner.upstream.rate-limit.requests")
                : new Finding(PROVIDER_UNAVAILABLE, status, detail, BASE_URL);
    }

    private static String detail(Fault fault) {
        var pause = fault.askedPause();
        return ofProblem(fault.problem())
                + (pause.isPositive() ? " The provider asks for a pause of " + pause.toSeconds() + " s." : "");
    }

    /** What happened, and the id by which the provider's support finds the request. */
    static String ofProblem(Problem problem) {
        var id = problem.correlationId();
        return problem.detail() + (id == null ? "" : " Correlation id: " + id + ".");
    }

    /** Whether the provider did not answer at all, or asks for a pause: further requests would meet the same. */
    static boolean isOutage(Finding finding) {
        return finding.code() == PROVIDER_UNAVAILABLE
                || finding.code() == PROVIDER_THROTTLED
                || finding.code() == TOKEN_REFUSED;
    }

    private static boolean isType(Fault fault, ProblemType type) {
        return fault.problem().type() == type;
    }
}
