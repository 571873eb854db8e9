package dev.deprovisioner.upstream;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The text of an error. It knows the forms of SCIM (RFC 7644, section 3.12), OAuth2 (RFC 6749, section 5.2), Genesys
 * Cloud and Google, which has everything in an object {@code error}.
 */
record ErrorBody(JsonNode json) {

    /** Codes for programs, the most specific one first; may also be free text. */
    Stream<Excerpt> codes() {
        return Stream.of(named(json, "scimType", "code", "error"), reasons(nested()), named(nested(), "status", "code"))
                .flatMap(Function.identity());
    }

    /** The message for a person. */
    Optional<Excerpt> words() {
        return Stream.of(
                        named(json, "detail", "message", "error_description"),
                        named(nested(), "message"),
                        named(json, "error"))
                .flatMap(Function.identity())
                .findFirst();
    }

    private JsonNode nested() {
        return Attributes.first(json, "error");
    }

    /** A single object may stand where a list is expected. */
    private static Stream<Excerpt> reasons(JsonNode nested) {
        return Stream.of("errors", "details")
                .map(name -> Attributes.first(nested, name))
                .flatMap(list -> list.isArray() ? list.valueStream() : Stream.of(list))
                .flatMap(entry -> named(entry, "reason"));
    }

    private static Stream<Excerpt> named(JsonNode object, String... names) {
        return Stream.of(names)
                .flatMap(name -> Attributes.text(object, name).stream())
                .map(Excerpt::new);
    }
}
