package dev.deprovisioner.testbed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What {@link ScimServer} is about to send to a client. */
record Answer(int status, Map<String, String> headers, String body) {

    private static final Map<String, String> SCIM = Map.of("Content-Type", "application/scim+json");

    static Answer json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    static Answer notFound() {
        return new Answer(404, SCIM, error(404, "No such path."));
    }

    static Answer unauthorized() {
        var headers = Map.of("Content-Type", "application/scim+json", "WWW-Authenticate", "Bearer");
        return new Answer(401, headers, error(401, "The bearer token is missing or not accepted."));
    }

    void sendTo(HttpExchange http) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(http.getResponseHeaders()::set);
        http.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        http.getResponseBody().write(bytes);
    }

    private static String error(int status, String detail) {
        return """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","detail":"%s"}""".formatted(status, detail);
    }
}
