package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.MalformedAnswer;
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
     * @throws MalformedAnswer if the object has the attribute in two spellings
     */
    JsonNode get(String name) {
        JsonNode found = MissingNode.getInstance();
        for (var attribute : json.properties()) {
            if (attribute.getKey().equalsIgnoreCase(name)) {
                if (!found.isMissingNode()) {
                    throw new MalformedAnswer("an object with two spellings of one attribute");
                }
                found = attribute.getValue();
            }
        }
        return found;
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
