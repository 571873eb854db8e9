package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.upstream.Attributes;
import java.util.Map;
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

    /** This list has cursors, and may have counts. A second page is not read: that there is one blocks already. */
    private static Listing<Dependency> policies(JsonNode body) {
        return ListEnd.withDoubt(
                body,
                "entities",
                Listing.ofObjects(Attributes.of(body, "entities"), "policies", PolicyCheck::dependency));
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
