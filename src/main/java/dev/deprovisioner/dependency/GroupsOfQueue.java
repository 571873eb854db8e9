package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.Attributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The groups that a queue refers to.
 *
 * @param uses each place of the queue, and the id of a group there
 */
record GroupsOfQueue(NamedObject queue, List<Use> uses, Form form) {

    private static final int LONGEST_ID = 255;

    private static final Set<Place> DOCUMENTED = EnumSet.complementOf(EnumSet.of(Place.ELSEWHERE));

    /** In lower case. */
    private static final Set<String> LISTS_OF_GROUPS = Set.of("membergroups", "groups");

    private static final Set<String> LISTS = Set.of("rings", "rules");

    /** By which an object of another kind names itself, and no group. */
    private static final Set<String> OWN = Set.of("id", "selfUri");

    record Use(Place place, String groupId) {}

    /** How a queue shows its groups. */
    enum Form {
        READABLE,
        /** In some place, in a form that cannot be read. */
        UNREADABLE,
        /** It has none of the places, not even an empty one. */
        LEFT_OUT
    }

    /** Where a queue refers to groups. */
    enum Place {
        MEMBERS("memberGroups", "as a group of members"),
        BULLSEYE("bullseye", "in a ring of its bullseye routing"),
        CONDITIONAL_ROUTING("conditionalGroupRouting", "in a rule of its conditional group routing"),
        CONDITIONAL_ACTIVATION("conditionalGroupActivation", "in a rule of its conditional group activation"),
        /** No documented place: an attribute whose name speaks of groups. */
        ELSEWHERE("", "in another of its settings");

        private final String attribute;
        private final String words;

        Place(String attribute, String words) {
            this.attribute = attribute;
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Reads one queue of a list. */
    static GroupsOfQueue read(JsonNode queue) {
        var uses = queue.propertyStream().flatMap(attribute -> uses(attribute.getKey(), attribute.getValue()));
        return new GroupsOfQueue(NamedObject.of(queue), uses.distinct().toList(), form(queue));
    }

    private static Form form(JsonNode queue) {
        var places = queue.propertyStream()
                .filter(attribute -> isPlace(attribute.getKey()))
                .toList();
        if (places.isEmpty()) {
            return Form.LEFT_OUT;
        }
        return places.stream().allMatch(attribute -> isReadable(attribute.getKey(), attribute.getValue()))
                ? Form.READABLE
                : Form.UNREADABLE;
    }

    private static Optional<Place> place(String attribute) {
        return DOCUMENTED.stream()
                .filter(place -> place.attribute.equalsIgnoreCase(attribute))
                .findFirst()
                .or(() -> attribute.toLowerCase(Locale.ROOT).contains("group")
                        ? Optional.of(Place.ELSEWHERE)
                        : Optional.empty());
    }

    /** A list of groups has groups only, and a list of rings or rules only objects; so at any depth. */
    private static boolean isReadable(String attribute, JsonNode value) {
        var name = attribute.toLowerCase(Locale.ROOT);
        if (value.isNull()) {
            return true;
        }
        if (LISTS_OF_GROUPS.contains(name)) {
            return value.isContainer() && entries(value).allMatch(GroupsOfQueue::isGroup);
        }
        if (LISTS.contains(name) || isPlace(name)) {
            return entries(value).allMatch(entry -> entry.isObject() && isReadable(entry));
        }
        return isReadable(value);
    }

    private static boolean isPlace(String name) {
        return DOCUMENTED.stream().anyMatch(place -> place.attribute.equalsIgnoreCase(name));
    }

    private static boolean isReadable(JsonNode value) {
        return value.propertyStream().allMatch(inside -> isReadable(inside.getKey(), inside.getValue()))
                && (value.isObject() || value.valueStream().allMatch(GroupsOfQueue::isReadable));
    }

    /** A single one counts as a list of one. */
    private static Stream<JsonNode> entries(JsonNode value) {
        return value.isArray() ? value.valueStream() : Stream.of(value);
    }

    /** A bare id, or an object that has an id at some depth. */
    private static boolean isGroup(JsonNode entry) {
        return entry.isString()
                || (entry.isObject()
                        && (!NamedObject.of(entry).id().isBlank()
                                || entry.findValues("id").stream().anyMatch(id -> id.isString() || id.isNumber())));
    }

    private static Stream<Use> uses(String attribute, JsonNode value) {
        return place(attribute).stream().flatMap(place -> ids(value).map(id -> new Use(place, id)));
    }

    /**
     * Every word at any depth that may be the id of a group, so that a form that is not documented hides no group: values,
     * numbers too, names of attributes, and parts of longer texts. Other words do no harm: no group has them for an id.
     */
    private static Stream<String> ids(JsonNode node) {
        if (node.isString() || node.isIntegralNumber()) {
            return idsIn(node.asString());
        }
        var names = node.propertyStream().map(Map.Entry::getKey).filter(name -> !name.matches("[A-Za-z]+"));
        var inside = node.isObject()
                ? node.propertyStream()
                        .filter(attribute -> !isOtherKind(node) || !OWN.contains(attribute.getKey()))
                        .map(Map.Entry::getValue)
                : node.valueStream();
        return Stream.concat(names, inside.flatMap(GroupsOfQueue::ids));
    }

    private static Stream<String> idsIn(String text) {
        var stripped = text.strip();
        var whole = Stream.of(stripped, stripped.substring(stripped.lastIndexOf('/') + 1));
        return Stream.concat(whole, Stream.of(stripped.split("[^A-Za-z0-9_-]+")))
                .filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID)
                .distinct();
    }

    /** What has one of these types is no group, although it has an id. */
    private static boolean isOtherKind(JsonNode node) {
        return Attributes.of(node, "type").asString("").toUpperCase(Locale.ROOT).matches("TEAM|SKILLGROUP");
    }
}
