package dev.deprovisioner.providers;

import java.util.Optional;
import java.util.Set;

/** Says what is wrong with a request by RFC 7644 and RFC 9865, judged by the parsers of the SCIM SDK. */
final class Conformance {

    private static final Set<String> PARAMETERS =
            Set.of("attributes", "excludedAttributes", "filter", "count", "startIndex", "cursor");

    private final ScimSyntax syntax;

    Conformance(ScimSyntax syntax) {
        this.syntax = syntax;
    }

    /** @return empty if nothing is wrong */
    Optional<String> violation(ProviderRequest request) {
        try {
            check(request);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(request.method() + " " + request.path() + " " + request.query() + ": " + e);
        }
    }

    private void check(ProviderRequest request) {
        require(!request.header("User-Agent").isEmpty(), "no User-Agent");
        require(request.header("Accept").contains("application/scim+json"), "Accept without application/scim+json");
        require(PARAMETERS.containsAll(request.query().keySet()), "a parameter that the RFCs do not know");
        require(
                !request.query().containsKey("startIndex") || !request.query().containsKey("cursor"),
                "two ways to page");
        request.number("count", 1);
        require(request.number("startIndex", 1) >= 1, "a startIndex below 1");
        syntax.requireGroupAttributes(request.query().getOrDefault("attributes", ""));
        if (request.query().containsKey("filter")) {
            syntax.userFilter(request.query().get("filter"));
        }
        checkBody(request);
    }

    private void checkBody(ProviderRequest request) {
        if (!request.is("PATCH")) {
            require(request.body().isEmpty(), "a body");
            return;
        }
        require(request.header("Content-Type").startsWith("application/scim+json"), "another media type");
        syntax.removals(request.body());
        int status = syntax.statusOfPatch(request.body(), request.headers());
        require(status < 300, "the SDK answers " + status);
    }

    private static void require(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
