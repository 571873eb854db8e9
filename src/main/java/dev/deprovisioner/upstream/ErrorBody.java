package dev.deprovisioner.upstream;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The text of an error, in one of the forms that are in use: SCIM's (RFC 7644, section 3.12), OAuth2's (RFC 6749, section
 * 5.2), problem details (RFC 9457), Genesys Cloud's, Amazon's, and those of Google and Microsoft, which have all of it in an
 * object {@code error}.
 */
record ErrorBody(JsonNode json) {

    /** Codes for programs, the most specific one first; may also be free text. */
    Stream<Excerpt> codes() {
        return Stream.of(
                        named(json, "scimType", "code", "error", "errorCode", "error_code"),
                        amazonType(),
                        named(entries(json, "details"), "errorCode"),
                        named(reasons(nested()), "reason"),
                        named(nested(), "status", "code"))
                .flatMap(Function.identity());
    }

    /**
     * The message for a person, if there is one, after the objects that it is about where they are attributes of their own: the
     * end of a long message is cut off.
     */
    Optional<Excerpt> words() {
        var objects = Stream.of(Stream.of(json), entries(json, "details"), entries(json, "errors"))
                .flatMap(Function.identity())
                .map(ErrorBody::object)
                .filter(object -> !object.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        return objects.isEmpty()
                ? message()
                : Optional.of(new Excerpt(
                        objects + message().map(words -> ": " + words.text()).orElse("")));
    }

    /** Such as {@code queue Sales 7b5c}: what refuses a change is often named beside the message. */
    private static String object(JsonNode error) {
        return Stream.of("entityName", "entityId")
                .flatMap(name -> Attributes.text(error, name).stream())
                .collect(Collectors.joining(" "));
    }

    private Optional<Excerpt> message() {
        return Stream.of(
                        named(json, "detail", "message", "error_description", "errorSummary", "errorMessage", "title"),
                        named(nested(), "message", "description", "detail"),
                        named(json, "error"))
                .flatMap(Function.identity())
                .findFirst();
    }

    /** Ids under which the provider knows the request; may be anything. */
    Stream<String> correlationIds() {
        var inner = Attributes.first(nested(), "innerError");
        return Stream.of(Stream.of(json, nested(), inner), entries(nested(), "details"))
                .flatMap(Function.identity())
                .flatMap(object -> Stream.of(
                                "contextId",
                                "exceptionRequestId",
                                "requestId",
                                "request-id",
                                "request_id",
                                "client-request-id",
                                "correlationId")
                        .flatMap(name -> Attributes.text(object, name).stream()));
    }

    /** Such as {@code com.amazonaws.identitystore#ResourceNotFoundException}. */
    private Stream<Excerpt> amazonType() {
        return Attributes.text(json, "__type").stream()
                .map(type -> new Excerpt(type.substring(type.lastIndexOf('#') + 1)));
    }

    private JsonNode nested() {
        var error = Attributes.first(json, "error");
        return error.isObject() ? error : entries(json, "errors").findFirst().orElse(error);
    }

    private static Stream<JsonNode> reasons(JsonNode nested) {
        return Stream.concat(entries(nested, "errors"), entries(nested, "details"));
    }

    /** A single object may stand where a list is expected. */
    private static Stream<JsonNode> entries(JsonNode object, String name) {
        var list = Attributes.first(object, name);
        return list.isArray() ? list.valueStream() : Stream.of(list);
    }

    private static Stream<Excerpt> named(Stream<JsonNode> objects, String name) {
        return objects.flatMap(object -> named(object, name));
    }

    private static Stream<Excerpt> named(JsonNode object, String... names) {
        return Stream.of(names)
                .flatMap(name -> Attributes.text(object, name).stream())
                .map(Excerpt::new);
    }
}
