package dev.deprovisioner.openapi;

import dev.deprovisioner.problem.ProblemType;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Set;

/** The headers of answers that say something of our own. */
final class DescribedHeaders {

    private static final String RETRY_AFTER = "Seconds to wait before the next request.";

    private DescribedHeaders() {}

    static void ofEvery(ApiResponse answer) {
        answer.addHeaderObject(
                "Cache-Control", header("Answers must not be cached.", text()._enum(List.of("no-store"))));
    }

    static void ofAcceptance(ApiResponse answer) {
        answer.addHeaderObject("Location", required("The address of the run.", text().format("uri-reference")));
        answer.addHeaderObject(
                "Preference-Applied",
                header("The applied `wait` in seconds, if the request had one.", text().pattern("^wait=\\d+$")));
    }

    static void of(ProblemType type, ApiResponse answer) {
        switch (type) {
            case UNAUTHENTICATED ->
                answer.addHeaderObject(
                        "WWW-Authenticate", required("The reason why the token was refused (RFC 6750).", text()));
            case FORBIDDEN ->
                answer.addHeaderObject("WWW-Authenticate", header("The missing scope (RFC 6750).", text()));
            case METHOD_NOT_ALLOWED -> answer.addHeaderObject("Allow", required("The supported methods.", text()));
            case NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE ->
                answer.addHeaderObject("Accept", required("The supported media types.", text()));
            case TOO_MANY_REQUESTS -> answer.addHeaderObject("Retry-After", required(RETRY_AFTER, seconds()));
            case UNAVAILABLE -> answer.addHeaderObject("Retry-After", header(RETRY_AFTER, seconds()));
            default -> {}
        }
    }

    private static Schema<?> seconds() {
        return new Schema<>().types(Set.of("integer"));
    }

    private static Schema<String> text() {
        var schema = new Schema<String>();
        schema.setTypes(Set.of("string"));
        return schema;
    }

    private static Header required(String description, Schema<?> schema) {
        return header(description, schema).required(true);
    }

    private static Header header(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }
}
