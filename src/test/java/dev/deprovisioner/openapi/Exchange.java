package dev.deprovisioner.openapi;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was asked and what the application answered.
 *
 * @param name what the example is called
 */
record Exchange(String name, Ask ask, int status, HttpHeaders headers, String body) {

    /** Without parameters such as a charset. */
    String mediaType() {
        return headers.firstValue("Content-Type").orElse("").split(";", 2)[0];
    }

    /** Whether the body is one document a line. */
    boolean isLines() {
        return mediaType().equals("application/x-ndjson");
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    /** The same with another body. */
    Exchange with(JsonNode otherBody) {
        return new Exchange(name, ask, status, headers, otherBody.toString());
    }

    @Nullable
    String header(String header) {
        return headers.firstValue(header).orElse(null);
    }

    @Override
    public String toString() {
        return name + ": " + ask.method() + " " + ask.path() + ask.parameters() + " " + status + " " + body;
    }
}
