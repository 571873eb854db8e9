package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.upstream.Attributes;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A flow of Architect that uses a group would fail where it does. */
@Component
class FlowCheck implements GroupCheck {

    private static final String BUILD = "/api/v2/architect/dependencytracking/build";
    private static final String CONSUMERS =
            "/api/v2/architect/dependencytracking/consumingresources" + "?id={id}&objectType=GROUP&pageNumber={n}";
    private static final int MOST_PAGES = 40;

    private static final UnknownReference UNKNOWN = new UnknownReference(
            "flow-unknown",
            "Whether an Architect flow uses the group",
            "Give the OAuth client the permission architect:dependencyTracking:view, and rebuild the dependency tracking in"
                    + " Architect if it is not operational",
            GenesysReference.FLOWS);

    private final GenesysApi api;

    FlowCheck(GenesysApi api) {
        this.api = api;
    }

    @Override
    public GenesysReference reference() {
        return GenesysReference.FLOWS;
    }

    @Override
    public Findings check(CheckedGroup group) {
        var build = api.read(BUILD, Map.of(), FlowCheck::operational);
        return UNKNOWN.conclude(
                build.doubt() == null ? EntityPages.all(MOST_PAGES, number -> page(group, number)) : build);
    }

    /** In any other status it may not know every flow. */
    private static Listing<Dependency> operational(JsonNode build) {
        var status = Attributes.of(build, "status").asString("");
        if (status.equalsIgnoreCase("OPERATIONAL")) {
            return Listing.complete(List.of());
        }
        return Listing.unclear("dependency tracking "
                + (status.matches("\\w{1,64}") ? "is " + status + ", not OPERATIONAL" : "has no status"));
    }

    private Listing<EntityPage<Dependency>> page(CheckedGroup group, int number) {
        return api.read(
                CONSUMERS,
                Map.of("id", group.id().value(), "n", String.valueOf(number)),
                body -> EntityPage.of(body, number, EntityPage.Identity.ID_AND_VERSION, FlowCheck::dependency));
    }

    private static Dependency dependency(JsonNode consumer) {
        var flow = NamedObject.of(consumer);
        var type = Attributes.of(consumer, "type").asString("");
        return new Dependency(
                "flow-reference",
                null,
                flow.reference(),
                "Architect object " + flow + (type.matches("\\w{1,64}") ? ", " + type + "," : "") + " uses the group.",
                "Take the group out of it in Architect and publish it, then post the group again.");
    }
}
