package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.upstream.Attributes;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** An access policy whose subject is a group would apply to no user. */
@Component
class PolicyCheck implements GroupCheck {

    /** The most that one page can have. */
    private static final String POLICIES = "/api/v2/authorization/policies/subject/{id}?pageSize=200";

    private static final UnknownReference UNKNOWN = new UnknownReference(
            "policy-unknown",
            "Whether an access policy applies to the group",
            "Give the OAuth client the permission authorization:policy:view",
            GenesysReference.POLICIES);

    private final GenesysApi api;

    PolicyCheck(GenesysApi api) {
        this.api = api;
    }

    @Override
    public GenesysReference reference() {
        return GenesysReference.POLICIES;
    }

    @Override
    public Findings check(CheckedGroup group) {
        return UNKNOWN.conclude(
                api.readOf(group, POLICIES, Map.of("id", group.id().value()), PolicyCheck::policies));
    }

    /** This list has cursors, and may have counts. A second page is not read: the first one blocks already. */
    private static Listing<Dependency> policies(JsonNode body) {
        var first = Listing.ofObjects(Attributes.of(body, "entities"), "policies", PolicyCheck::dependency);
        return first.doubt() == null && hasMore(body, first.found().size())
                ? new Listing<>(first.found(), "the list has a second page")
                : first;
    }

    private static boolean hasMore(JsonNode body, int shown) {
        var cursors = Stream.of(
                Attributes.of(body, "nextUri"),
                Attributes.of(body, "after"),
                Attributes.of(Attributes.of(body, "cursors"), "after"));
        return cursors.anyMatch(cursor -> !cursor.isMissingNode() && !cursor.isNull())
                || EntityPage.count(body, "total") > shown
                || EntityPage.count(body, "pageCount") > 1;
    }

    private static Dependency dependency(JsonNode json) {
        var policy = NamedObject.of(json);
        return new Dependency(
                "policy-reference",
                null,
                policy.reference(),
                "Access policy " + policy + " applies to the group.",
                "Delete the policy or give it another subject, then post the group again.");
    }
}
