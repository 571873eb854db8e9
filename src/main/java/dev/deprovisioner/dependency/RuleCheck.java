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

    /** In lower case: attributes that are no rules, with any value. */
    private static final Set<String> KNOWN =
            Set.of("group", "id", "selfuri", "version", "datecreated", "datemodified", "createdby", "modifiedby");

    /** What an object has that only says which group it is. */
    private static final Set<String> OF_A_REFERENCE = Set.of("id", "name", "selfuri", "type");

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
                api.readOf(group, SETTINGS, Map.of("id", group.id().value()), settings -> rules(settings, group)));
    }

    /** The public form has a {@code query}; the other names are those of its parts, and of forms to come. */
    private static Listing<Dependency> rules(JsonNode settings, CheckedGroup group) {
        var rules = Stream.of("query", "conditions", "rules")
                .map(name -> Attributes.of(settings, name))
                .filter(value -> !value.isMissingNode() && !value.isNull())
                .toList();
        if (rules.isEmpty()) {
            return Listing.unclear("the answer has no rules that can be read");
        }
        if (!rules.stream().allMatch(rule -> isEmpty(rule) || isBlank(rule))) {
            return Listing.complete(List.of(ruleFed()));
        }
        return rules.stream().allMatch(RuleCheck::isEmpty)
                        && isAbout(Attributes.of(settings, "group"), group)
                        && isEmptyBut(KNOWN, settings)
                ? Listing.complete(List.of())
                : Listing.unclear("the answer has no rules, and more that may be rules, or is about another group");
    }

    /** Whether it names this group and nothing more; an answer need not name any. */
    private static boolean isAbout(JsonNode named, CheckedGroup group) {
        return named.isMissingNode()
                || named.isNull()
                || (NamedObject.of(named).id().equalsIgnoreCase(group.id().value())
                        && isEmptyBut(OF_A_REFERENCE, named));
    }

    /** Whether no attribute but the known ones has anything in it. */
    private static boolean isEmptyBut(Set<String> known, JsonNode object) {
        return object.propertyStream()
                .filter(attribute -> !known.contains(attribute.getKey().toLowerCase(Locale.ROOT)))
                .map(Map.Entry::getValue)
                .allMatch(value -> isEmpty(value) || saysNothing(value));
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.booleanValue()) || isBlank(value);
    }

    private static boolean isBlank(JsonNode value) {
        return value.isString() && value.asString().isBlank();
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
