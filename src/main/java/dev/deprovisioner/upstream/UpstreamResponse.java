package dev.deprovisioner.upstream;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of the provider, read to its end; of an error, the first 64 KiB; of a read that allows it, the beginning.
 *
 * @param status any status except those of {@link ResponseFailures}: 3xx, 401, 408, 429, 5xx without 501, and a 403
 *     that asks for a pause
 * @param body without a byte order mark
 * @param sentAt when the request was sent, by the monotonic clock, in nanoseconds
 * @param isCut whether the body of this success is only the beginning of a longer one
 */
public record UpstreamResponse(int status, HttpHeaders headers, String body, long sentAt, boolean isCut) {

    /** An attribute that is there twice says nothing: one of the two would be lost. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final int LONGEST_WORDS = 300;
    private static final int LONGEST_HEADER = 100;

    /** One that was read to its end. */
    public UpstreamResponse(int status, HttpHeaders headers, String body, long sentAt) {
        this(status, headers, body, sentAt, false);
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** 404 and 410: the resource is not there. */
    public boolean isAbsent() {
        return status == 404 || status == 410;
    }

    /**
     * The body as a JSON object, for any media type. Its attributes are found by {@link Attributes#of}.
     *
     * @throws MalformedResponseException if it is anything else: another format, cut off, or no object
     */
    public JsonNode object() {
        return parsed().orElseThrow(
                        () -> new MalformedResponseException("an answer that is not JSON, or damaged, or no object"));
    }

    /** The value of {@code scimType} in a SCIM error (RFC 7644, section 3.12), or an empty string. */
    public String scimType() {
        return parsed().flatMap(error -> Attributes.text(error, "scimType")).orElse("");
    }

    /** Whether this is an error in the form that only Genesys Cloud's API writes. */
    public boolean isGenesysError() {
        try {
            return parsed().filter(error -> GenesysError.isForm(error, status)).isPresent();
        } catch (MalformedResponseException e) {
            return false;
        }
    }

    /** The status, and the provider's code for the error if there is one: no free text, so it may be logged. */
    public String errorCode() {
        return "HTTP " + status
                + codes().filter(Excerpt::isCode)
                        .findFirst()
                        .map(code -> " " + code.text())
                        .orElse("");
    }

    /**
     * The provider's own words for an error, or null: one line, short, without e-mail addresses. They may name people, so
     * callers may see them, and they are never logged. Of an error that is no JSON, how it begins.
     */
    public @Nullable String errorWords() {
        return words().cleaned(LONGEST_WORDS);
    }

    /**
     * The provider's id of the request, or null: a word of at most 64 letters, digits and signs. It names no person, so it
     * may be logged.
     */
    public @Nullable String correlationId() {
        var inBody = error().map(ErrorBody::correlationIds).orElse(Stream.empty());
        return CorrelationId.of(headers, inBody).orElse(null);
    }

    /** Whether a code of this error is one of these, or its words contain one of those, without regard to case. */
    boolean speaksOf(Set<String> codes, Set<String> phrases) {
        var text = words().text().toLowerCase(Locale.ROOT);
        return codes().anyMatch(code -> codes.contains(code.text().toLowerCase(Locale.ROOT)))
                || phrases.stream().anyMatch(text::contains);
    }

    /** Status, content type and encoding of the answer, and nothing of the body. */
    String form() {
        return "HTTP " + status + ", " + header(HttpHeaders.CONTENT_TYPE, "no content type") + ", "
                + header(HttpHeaders.CONTENT_ENCODING, "not encoded");
    }

    /** How a body begins, as {@link #errorWords}; null where it looks like JSON, which may list members. */
    @Nullable
    String beginning() {
        var start = body.stripLeading();
        return start.startsWith("{") || start.startsWith("[") ? null : new Excerpt(body).cleaned(LONGEST_WORDS);
    }

    private String header(String name, String absent) {
        var value = headers.getFirst(name);
        var cleaned = value == null ? null : new Excerpt(value).cleaned(LONGEST_HEADER);
        return cleaned == null ? absent : cleaned;
    }

    /** The {@code ETag} header, or null. */
    public @Nullable String etag() {
        return headers.getETag();
    }

    private Stream<Excerpt> codes() {
        var inBody = error().map(ErrorBody::codes).orElse(Stream.empty());
        return Stream.concat(inBody, amazonErrorType());
    }

    /** Such as {@code ThrottlingException:http://internal.amazon.com/coral/}. */
    private Stream<Excerpt> amazonErrorType() {
        return headers.getOrEmpty("x-amzn-errortype").stream()
                .map(type -> new Excerpt(type.split("[:,]", 2)[0].strip()));
    }

    private Excerpt words() {
        return error().map(error -> error.words().orElse(new Excerpt(""))).orElseGet(() -> new Excerpt(body));
    }

    /** Some providers answer a list of errors. */
    private Optional<ErrorBody> error() {
        return json().map(error -> error.isArray() ? error.path(0) : error)
                .filter(JsonNode::isObject)
                .map(ErrorBody::new);
    }

    private Optional<JsonNode> parsed() {
        return json().filter(JsonNode::isObject);
    }

    private Optional<JsonNode> json() {
        try {
            return Optional.of(JSON.readTree(body));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
