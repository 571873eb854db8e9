package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.Attributes;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The groups that a queue refers to.
 *
 * @param uses each place of the queue, and the id of a group there
 * @param readable whether every place has a form that can be read
 */
record GroupsOfQueue(NamedObject queue, List<Use> uses, boolean readable) {

    record Use(Place place, String groupId) {}

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
                places.stream()
                        .map(place -> Attributes.of(queue, place.attribute))
                        .allMatch(GroupsOfQueue::isReadable));
    }

    private static boolean isReadable(JsonNode value) {
        return value.isContainer() || value.isNull() || value.isMissingNode();
    }

    private static Stream<Use> uses(JsonNode queue, Place place) {
        return ids(Attributes.of(queue, place.attribute)).map(id -> new Use(place, id));
    }

    /**
     * The ids at any depth, so that a form that is not documented hides no group. Ids of other objects do no harm: no group
     * has them.
     */
    private static Stream<String> ids(JsonNode node) {
        var inside = node.valueStream().flatMap(GroupsOfQueue::ids);
        if (node.isArray()) {
            return Stream.concat(node.valueStream().filter(JsonNode::isString).map(JsonNode::asString), inside);
        }
        return mayBeGroup(node) ? Stream.concat(Stream.of(NamedObject.of(node).id()), inside) : inside;
    }

    /** The type tells groups from teams and skill groups; without one the object counts as a group. */
    private static boolean mayBeGroup(JsonNode node) {
        var type = Attributes.of(node, "type");
        return !NamedObject.of(node).id().isBlank()
                && !(type.isString()
                        && !type.asString().isBlank()
                        && !type.asString().equalsIgnoreCase("GROUP"));
    }
}
