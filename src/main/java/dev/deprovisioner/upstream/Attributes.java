package dev.deprovisioner.upstream;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Finds attributes of JSON objects by their names, which have no case (RFC 7643, section 2.1). */
public final class Attributes {

    private Attributes() {}

    /**
     * An attribute's value, missing if the node has none of this name or is no object.
     *
     * @throws MalformedResponseException if the object has several spellings of the name: nothing says which of them is meant
     */
    public static JsonNode of(JsonNode object, String name) {
        var found = spellings(object, name).toList();
        if (found.size() > 1) {
            throw new MalformedResponseException("an object with two spellings of the attribute \"" + name + "\"");
        }
        return found.isEmpty() ? MissingNode.getInstance() : found.getFirst();
    }

    /** As text, where it is text or a number and not blank. Of several spellings the first one is taken. */
    static Optional<String> text(JsonNode object, String name) {
        return spellings(object, name)
                .filter(value -> value.isString() || value.isNumber())
                .map(JsonNode::asString)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /** Of several spellings the first one is taken. */
    static JsonNode first(JsonNode object, String name) {
        return spellings(object, name).findFirst().orElseGet(MissingNode::getInstance);
    }

    private static Stream<JsonNode> spellings(JsonNode object, String name) {
        return object.propertyStream()
                .filter(attribute -> attribute.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue);
    }
}
