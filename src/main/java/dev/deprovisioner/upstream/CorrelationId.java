package dev.deprovisioner.upstream;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** The id by which a provider's support finds a request in its logs. Comes from outside, so its form is checked. */
final class CorrelationId {

    /** The names that APIs document before those that any gateway adds, or that repeat what a client has sent. */
    private static final List<String> HEADERS = List.of(
            "ININ-Correlation-Id",
            "x-amzn-requestid",
            "request-id",
            "client-request-id",
            "x-request-id",
            "x-correlation-id",
            "x-ms-request-id",
            "x-github-request-id",
            "x-okta-request-id");

    /** Neither an address nor free text, and shorter than most tokens. */
    private static final Predicate<String> ID =
            Pattern.compile("[A-Za-z0-9][\\w.:-]{0,63}+").asMatchPredicate();

    /** How the header of a JWT begins, in base64. */
    private static final String JWT = "eyJ";

    private CorrelationId() {}

    /** The first one that has the form of an id; those of headers come before those of the body. */
    static Optional<String> of(HttpHeaders headers, Stream<String> inBody) {
        var inHeaders = HEADERS.stream().flatMap(name -> headers.getOrEmpty(name).stream());
        return Stream.concat(inHeaders, inBody)
                .map(String::strip)
                .filter(ID)
                .filter(id -> !id.startsWith(JWT))
                .findFirst();
    }

    /** The same headers, without those that repeat a secret of ours: texts for people and logs are made of some. */
    static HttpHeaders without(String secret, HttpHeaders headers) {
        var repeating = headers.headerNames().stream()
                .filter(name -> headers.getOrEmpty(name).stream().anyMatch(value -> value.contains(secret)))
                .toList();
        if (repeating.isEmpty()) {
            return headers;
        }
        var others = HttpHeaders.copyOf(headers);
        repeating.forEach(others::remove);
        return others;
    }
}
