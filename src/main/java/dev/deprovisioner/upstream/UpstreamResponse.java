package dev.deprovisioner.upstream;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the provider answered, read to its end.
 *
 * @param status any status but those that the floor deals with itself: 3xx, 401, 408, 429 and every 5xx but 501
 * @param sentAt when the request was sent, by the monotonic clock, in nanoseconds
 */
public record UpstreamResponse(int status, HttpHeaders headers, String body, long sentAt) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_DETAIL = 300;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** 404 and 410: the resource is not there. */
    public boolean isAbsent() {
        return status == 404 || status == 410;
    }

    /**
     * The body as a JSON object.
     *
     * @throws MalformedAnswer if it is anything else: another media type, cut off, or no object
     */
    public JsonNode object() {
        if (!hasJsonType()) {
            throw new MalformedAnswer("an answer that is not JSON");
        }
        return parsed().orElseThrow(() -> new MalformedAnswer("an answer whose JSON is damaged or is no object"));
    }

    /** The value of {@code scimType} in a SCIM error (RFC 7644, section 3.12), or an empty string. */
    public String scimType() {
        return parsed().map(error -> error.path("scimType").asString("")).orElse("");
    }

    /** The status, and the provider's code for the error if there is one: no free text, so it may be logged. */
    public String errorCode() {
        return "HTTP " + status
                + first("scimType", "code", "error")
                        .filter(code -> code.matches("[A-Za-z][\\w.-]{0,63}"))
                        .map(" "::concat)
                        .orElse("");
    }

    /**
     * The provider's own words for an error, or null: one line, short, without e-mail addresses. They may name people, so
     * callers may be told, and nobody logs them.
     */
    public @Nullable String errorWords() {
        return first("detail", "message", "error_description")
                .map(UpstreamResponse::clean)
                .orElse(null);
    }

    private Optional<String> first(String... names) {
        return parsed().flatMap(error -> Stream.of(names)
                .map(name -> error.path(name).asString(""))
                .filter(text -> !text.isBlank())
                .findFirst());
    }

    /** The {@code ETag} header, or null. */
    public @Nullable String etag() {
        return headers.getETag();
    }

    private Optional<JsonNode> parsed() {
        try {
            return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private boolean hasJsonType() {
        try {
            var type = headers.getContentType();
            return type != null
                    && type.getType().equals("application")
                    && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static String clean(String text) {
        var line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ")
                .replaceAll("\\S+(@|%40)\\S+", "[e-mail]")
                .strip();
        return line.length() <= MAX_DETAIL ? line : line.substring(0, MAX_DETAIL) + "…";
    }
}
