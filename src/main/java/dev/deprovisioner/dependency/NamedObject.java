package dev.deprovisioner.dependency;

import dev.deprovisioner.upstream.Attributes;
import dev.deprovisioner.upstream.Excerpt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object of the provider, as a person finds it.
 *
 * @param id as the provider writes it; empty for none
 * @param name one line of at most {@link #LONGEST_NAME} characters and without e-mail addresses; null for none
 */
record NamedObject(String id, @Nullable String name) {

    static final int LONGEST_NAME = 100;

    /** Any JSON value: one that is no object has neither id nor name. */
    static NamedObject of(JsonNode json) {
        return new NamedObject(text(json, "id"), new Excerpt(text(json, "name")).cleaned(LONGEST_NAME));
    }

    /** The id, if it is one word of printable characters; else null. */
    @Nullable
    String reference() {
        return word(id);
    }

    /** The text, if it is one word of printable ASCII characters; else null. */
    static @Nullable String word(String id) {
        return id.matches("[\\x21-\\x7e]{1,255}") ? id : null;
    }

    /** Such as {@code "Sales" (af1c)}. */
    @Override
    public String toString() {
        var word = reference();
        return (name == null ? "without a name" : '"' + name + '"') + (word == null ? "" : " (" + word + ")");
    }

    private static String text(JsonNode json, String name) {
        var value = Attributes.of(json, name);
        return value.isString() || value.isIntegralNumber() ? value.asString() : "";
    }
}
