package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.MalformedResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the beginning of a JSON object whose end is missing. */
final class JsonBeginning {

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonBeginning() {}

    /**
     * The object with the attributes that are complete. Of an attribute that is a list, it has the elements that are complete.
     *
     * @throws MalformedResponseException if it is no object, or has an attribute twice
     */
    static ObjectNode object(String beginning) {
        if (!beginning.stripLeading().startsWith("{")) {
            throw new MalformedResponseException("an answer that is no JSON object");
        }
        var object = JSON.createObjectNode();
        try (var parser = JSON.createParser(untilNumbersEnd(beginning))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                readAttribute(parser, object);
            }
        } catch (JacksonException e) {
            // What follows is missing, or damaged: it is not used.
        }
        return object;
    }

    /** A number is complete only if something follows it. */
    private static String untilNumbersEnd(String beginning) {
        int end = beginning.length();
        while (end > 0 && "{},".indexOf(beginning.charAt(end - 1)) < 0) {
            end--;
        }
        return beginning.substring(0, end);
    }

    private static void readAttribute(JsonParser parser, ObjectNode object) {
        var name = parser.currentName();
        if (object.has(name)) {
            throw new MalformedResponseException("an object with the attribute \"" + name + "\" twice");
        }
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            readElements(parser, object.putArray(name));
        } else {
            object.set(name, parser.<JsonNode>readValueAsTree());
        }
    }

    private static void readElements(JsonParser parser, ArrayNode list) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(parser.<JsonNode>readValueAsTree());
        }
    }
}
