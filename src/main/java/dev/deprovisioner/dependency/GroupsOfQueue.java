package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.Attributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The groups that a queue refers to.
 *
 * @param uses each place of the queue, and the id of a group there
 */
record GroupsOfQueue(NamedObject queue, List<Use> uses, Form form) {

    private static final int LONGEST_ID = 255;

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
        CONDITIONAL_ACTIVATION("conditionalGroupActivation", "in a rule of its conditional group activation");

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
        var places = List.of(Place.values());
        return new GroupsOfQueue(
                NamedObject.of(queue),
                places.stream().flatMap(place -> uses(queue, place)).distinct().toList(),
                form(places.stream()
                        .map(place -> Attributes.of(queue, place.attribute))
                        .toList()));
    }

    private static Form form(List<JsonNode> places) {
        if (places.stream().allMatch(JsonNode::isMissingNode)) {
            return Form.LEFT_OUT;
        }
        return places.stream().allMatch(GroupsOfQueue::isReadable) ? Form.READABLE : Form.UNREADABLE;
    }

    private static boolean isReadable(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || value.isObject()
                || (value.isArray() && value.valueStream().allMatch(GroupsOfQueue::isEntry));
    }

    /** A bare id, or an object, which has an id unless it has further objects. */
    private static boolean isEntry(JsonNode entry) {
        return entry.isString()
                || !NamedObject.of(entry).id().isBlank()
                || entry.valueStream().anyMatch(JsonNode::isContainer);
    }

    private static Stream<Use> uses(JsonNode queue, Place place) {
        return words(Attributes.of(queue, place.attribute)).map(id -> new Use(place, id));
    }

    /**
     * Every text at any depth that may be the id of a group, so that a form that is not documented hides no group: values,
     * names of attributes, and the ends of addresses. Other texts do no harm: no group has them for an id.
     */
    private static Stream<String> words(JsonNode node) {
        var own = node.isString()
                ? idsIn(node.asString())
                : node.propertyStream().map(Map.Entry::getKey).filter(name -> !name.matches("[A-Za-z]+"));
        var inside = node.valueStream().filter(value -> value.isContainer() || !isOtherKind(node));
        return Stream.concat(own, inside.flatMap(GroupsOfQueue::words));
    }

    private static Stream<String> idsIn(String text) {
        var stripped = text.strip();
        return Stream.of(stripped, stripped.substring(stripped.lastIndexOf('/') + 1))
                .filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID)
                .distinct();
    }

    /** What has one of these types is no group, although it has an id. */
    private static boolean isOtherKind(JsonNode node) {
        return node.isObject()
                && Attributes.of(node, "type")
                        .asString("")
                        .toUpperCase(Locale.ROOT)
                        .matches("TEAM|SKILLGROUP");
    }
}
