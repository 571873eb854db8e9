package dev.deprovisioner.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends the tests' own requests to Keycloak. */
final class Http {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(1));
    }

    static boolean answers(URI uri) {
        try {
            return send(request(uri)).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalStateException if the answer is not 2xx */
    static HttpResponse<String> sendSuccessfully(HttpRequest.Builder request) {
        var response = send(request);
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response + ": " + response.body());
        }
        return response;
    }

    static JsonNode postForm(URI uri, String form) {
        var request = request(uri).header("Content-Type", "application/x-www-form-urlencoded");
        return json(sendSuccessfully(request.POST(BodyPublishers.ofString(form))));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
