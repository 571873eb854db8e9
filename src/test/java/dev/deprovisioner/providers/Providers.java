package dev.deprovisioner.providers;

import static dev.deprovisioner.providers.RemovalEffect.IGNORED;
import static dev.deprovisioner.providers.RemovalEffect.REMOVES_ALL;
import static dev.deprovisioner.providers.RemovalEffect.REMOVES_NAMED;
import static dev.deprovisioner.providers.RemovalForm.ALL;
import static dev.deprovisioner.providers.RemovalForm.FILTERED;
import static dev.deprovisioner.providers.RemovalForm.VALUES;

import dev.deprovisioner.providers.StandIn.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The providers, each with the limits that it documents and the answers that mislead. Where a base URL follows from a preset,
 * it is the provider's own.
 */
final class Providers {

    static final String SCIM_BASE = "/scim/v2";
    static final String AWS_BASE = "/tenant/scim/v2";
    static final String ENTRA_BASE = "/rp/scim";
    static final String ENTRA_TOKEN = "/tenant/oauth2/v2.0/token";
    static final String ENTRA_SCOPE = "https://graph.microsoft.com/.default";
    static final String GOOGLE_BASE = "/v1/scim";

    static final String GENESYS_BASE = "/api/v2/scim/v2";
    static final String GENESYS_TOKEN = "/oauth/token";

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private Providers() {}

    /** Follows RFC 7644 and lists members. */
    static StandIn strict(Supplier<Instant> clock) {
        return scim(clock);
    }

    /** Shows no members of groups; takes members by their values only; knows cursors and no {@code startIndex}. */
    static StandIn aws(ErrorForm errors, Supplier<Instant> clock) {
        var provider = new StandIn(
                new Address(path(AWS_BASE), List.of(), "x-amzn-RequestId"), Access.staticBearer(), errors, clock);
        provider.groups()
                .view(MemberView.emptyList())
                .patches(PatchRules.of(VALUES, REMOVES_NAMED).atMost(NO_LIMIT, 100));
        provider.users()
                .pages(new UserPages(100, true, false))
                .unsupported("startIndex", "attributes", "excludedAttributes");
        return provider;
    }

    /** Shows no members of groups; takes one member by a filter and nothing else in a PATCH. */
    static StandIn entra(Supplier<Instant> clock) {
        return entra(ENTRA_BASE, clock);
    }

    /** The same below another path. */
    static StandIn entra(String base, Supplier<Instant> clock) {
        var provider = new StandIn(
                new Address(path(base), path(ENTRA_TOKEN), "request-id"),
                Access.post(ENTRA_SCOPE),
                ErrorForm.scim(),
                clock);
        provider.groups()
                .view(MemberView.never())
                .patches(PatchRules.of(FILTERED, REMOVES_NAMED).atMost(1, 1));
        provider.users().pages(new UserPages(100, false, true));
        return provider;
    }

    /** Shows members nowhere; takes one member by a filter in a PATCH, and answers it with an empty object. */
    static StandIn google(Supplier<Instant> clock) {
        var provider = new StandIn(
                new Address(path(GOOGLE_BASE), path(GOOGLE_BASE + "/oauth/token"), "x-request-id"),
                Access.basic(),
                ErrorForm.google(),
                clock);
        provider.groups()
                .view(MemberView.never())
                .patches(PatchRules.of(FILTERED, REMOVES_NAMED).atMost(2, 1))
                .answersPatchesWithNothing();
        provider.withoutFilters();
        return provider;
    }

    /** Shows members on request, and only those that the client may view; takes no removal of all. */
    static StandIn keycloak(Predicate<String> visible, Supplier<Instant> clock) {
        var provider = scim(clock);
        provider.groups()
                .view(MemberView.onRequest(visible))
                .patches(PatchRules.of(FILTERED, REMOVES_NAMED).and(ALL, IGNORED));
        provider.users().visible(visible);
        return provider;
    }

    /** Takes members by their values; a filter removes no member. */
    static StandIn authentik(Supplier<Instant> clock) {
        var provider = scim(clock);
        provider.groups()
                .patches(PatchRules.of(VALUES, REMOVES_NAMED)
                        .and(FILTERED, IGNORED)
                        .and(ALL, REMOVES_ALL));
        return provider;
    }

    /** Queues each removal. */
    static StandIn gitLab(Duration lateness, Supplier<Instant> clock) {
        var provider = scim(clock);
        provider.groups().lateness(lateness);
        return provider;
    }

    private static StandIn scim(Supplier<Instant> clock) {
        return new StandIn(
                new Address(path(SCIM_BASE), path(SCIM_BASE + "/oauth/token"), "X-Request-Id"),
                Access.basic(),
                ErrorForm.scim(),
                clock);
    }

    private static List<String> path(String path) {
        return List.of(path.substring(1).split("/"));
    }
}
