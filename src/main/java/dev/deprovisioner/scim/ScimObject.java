package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.Attributes;
import dev.deprovisioner.upstream.MalformedResponseException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A JSON object whose attribute names are compared without regard to case (RFC 7643, section 2.1). Attributes that no
 * rule asks for are ignored.
 *
 * @param json any JSON value; one that is no object has no attributes
 */
record ScimObject(JsonNode json) {

    /**
     * The value of an attribute, a missing node if there is none.
     *
     * @throws dev.deprovisioner.upstream.MalformedResponseException if the object has the attribute in two spellings
     */
    JsonNode get(String name) {
        return Attributes.of(json, name);
    }

    /**
     * The same for an attribute that may also have its schema's URN, as a prefix of its name or as an enclosing object.
     * See RFC 7644, section 3.10.
     *
     * @throws dev.deprovisioner.upstream.MalformedResponseException if it stands in two places
     */
    JsonNode getQualified(String name) {
        var found = Stream.concat(Stream.of(get(name)), json.propertyStream().flatMap(entry -> qualified(entry, name)))
                .filter(value -> !value.isMissingNode())
                .toList();
        if (found.size() > 1) {
            throw new MalformedResponseException("an object with the attribute \"" + name + "\" in two places");
        }
        return found.isEmpty() ? MissingNode.getInstance() : found.getFirst();
    }

    private static Stream<JsonNode> qualified(Map.Entry<String, JsonNode> entry, String name) {
        var key = entry.getKey().toLowerCase(Locale.ROOT);
        if (!key.startsWith("urn:")) {
            return Stream.empty();
        }
        return key.endsWith(":" + name.toLowerCase(Locale.ROOT))
                ? Stream.of(entry.getValue())
                : Stream.of(Attributes.of(entry.getValue(), name));
    }

    /** The value as an object; one without attributes if it is anything else. */
    ScimObject object(String name) {
        return new ScimObject(get(name));
    }

    /** Whether there is such an attribute, also one that is null. */
    boolean has(String name) {
        return !get(name).isMissingNode();
    }

    /** The value as text, for providers that write ids as numbers; empty unless it is a string or a whole number. */
    String text(String name) {
        var value = get(name);
        return value.isString() || value.isIntegralNumber() ? value.asString() : "";
    }
}
