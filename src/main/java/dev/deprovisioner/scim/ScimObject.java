package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.Attributes;
import tools.jackson.databind.JsonNode;

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
     * @throws dev.deprovisioner.upstream.MalformedAnswer if the object has the attribute in two spellings
     */
    JsonNode get(String name) {
        return Attributes.of(json, name);
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
