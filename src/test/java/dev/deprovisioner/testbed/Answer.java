package dev.deprovisioner.testbed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What {@link ScimServer} is about to send to a client. */
public record Answer(int status, Map<String, String> headers, String body) {

    private static final Map<String, String> SCIM = Map.of("Content-Type", "application/scim+json");

    static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /** A SCIM error (RFC 7644, section 3.12). */
    public static Answer error(int status, String detail) {
        return new Answer(status, SCIM, body(status, detail));
    }

    /** As it would be after the effect that it does not have. */
    public static Answer ofNoEffect(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** With another header. */
    public Answer with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, Map.copyOf(more), body);
    }

    Answer withBody(String otherBody) {
        return new Answer(status, headers, otherBody);
    }

    static Answer notFound() {
        return error(404, "No such path.");
    }

    static Answer unauthorized() {
        return error(401, "The bearer token is missing or not accepted.").with("WWW-Authenticate", "Bearer");
    }

    /** Sends it as the answer of this exchange. */
    public void sendTo(HttpExchange http) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(http.getResponseHeaders()::set);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
    }

    private static String body(int status, String detail) {
        return """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","detail":"%s"}""".formatted(status, detail);
    }
}
