package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.upstream.Attributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A rule that feeds a group would add members again while they are removed. */
@Component
class RuleCheck implements GroupCheck {

    private static final String SETTINGS = "/api/v2/groups/{id}/dynamicsettings";

    private static final UnknownReference UNKNOWN = new UnknownReference(
            "rule-unknown",
            "Whether a rule feeds the group",
            "Give the OAuth client the permission directory:group:view",
            GenesysReference.RULES);

    private static final Set<String> KNOWN = Set.of("query", "conditions", "rules", "group", "createdby", "modifiedby");

    private final GenesysApi api;

    RuleCheck(GenesysApi api) {
        this.api = api;
    }

    @Override
    public GenesysReference reference() {
        return GenesysReference.RULES;
    }

    @Override
    public Findings check(CheckedGroup group) {
        return UNKNOWN.conclude(
                api.readOf(group, SETTINGS, Map.of("id", group.id().value()), RuleCheck::rules));
    }

    /** The public form has a {@code query}; the other names are those of its parts, and of forms to come. */
    private static Listing<Dependency> rules(JsonNode settings) {
        var rules = Stream.of("query", "conditions", "rules")
                .map(name -> Attributes.of(settings, name))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .toList();
        if (rules.isEmpty()) {
            return Listing.unclear("the answer has no rules that can be read");
        }
        if (!rules.stream().allMatch(RuleCheck::isEmpty)) {
            return Listing.complete(List.of(ruleFed()));
        }
        return hasMore(settings)
                ? Listing.unclear("the answer has no rules, and more that may be rules")
                : Listing.complete(List.of());
    }

    /** Whether an attribute that is not known has anything in it. */
    private static boolean hasMore(JsonNode settings) {
        return settings.propertyStream()
                .filter(attribute -> !KNOWN.contains(attribute.getKey().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .anyMatch(value -> value.isContainer() && !isEmpty(value));
    }

    /** Nothing but containers, so that {@code {"skillConditions": []}} is empty as well. */
    private static boolean isEmpty(JsonNode value) {
        return value.isContainer() && value.valueStream().allMatch(RuleCheck::isEmpty);
    }

    private static Dependency ruleFed() {
        return new Dependency(
                "rule-fed",
                null,
                null,
                "A rule feeds the group: Genesys Cloud adds every user who meets its conditions.",
                "Remove the rule from the group first, then post the group again.");
    }
}
