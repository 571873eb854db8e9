package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.upstream.Attributes;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A role that is granted to a group would be lost to its members. */
@Component
class GrantCheck implements GroupCheck {

    private static final String SUBJECT = "/api/v2/authorization/subjects/{id}";

    private static final UnknownReference UNKNOWN = new UnknownReference(
            "grant-unknown",
            "Whether a role is granted to the group",
            "Give the OAuth client the permission authorization:grant:view",
            GenesysReference.GRANTS);

    private final GenesysApi api;

    GrantCheck(GenesysApi api) {
        this.api = api;
    }

    @Override
    public GenesysReference reference() {
        return GenesysReference.GRANTS;
    }

    @Override
    public Findings check(CheckedGroup group) {
        return UNKNOWN.conclude(
                api.readOf(group, SUBJECT, Map.of("id", group.id().value()), subject -> grants(subject, group)));
    }

    private static Listing<Dependency> grants(JsonNode subject, CheckedGroup group) {
        return NamedObject.of(subject).id().equalsIgnoreCase(group.id().value())
                ? ListEnd.withDoubt(
                        subject,
                        "grants",
                        Listing.ofObjects(Attributes.of(subject, "grants"), "grants", GrantCheck::dependency))
                : Listing.unclear("the answer does not say that it is about the group");
    }

    private static Dependency dependency(JsonNode grant) {
        var role = NamedObject.of(Attributes.of(grant, "role"));
        var division = Attributes.of(grant, "division");
        return new Dependency(
                "grant-reference",
                null,
                role.reference(),
                "Role " + role + " is granted to the group"
                        + (division.isObject() ? " in division " + NamedObject.of(division) : "") + ".",
                "Take the role from the group, then post the group again.");
    }
}
