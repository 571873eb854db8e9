package dev.deprovisioner.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.web.util.UriComponentsBuilder;

/** Sends what the description describes to the application. */
class Caller {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Caller(int port) {
        this.port = port;
    }

    Exchange send(String name, Ask ask) {
        try {
            var answer = client.send(request(ask), BodyHandlers.ofString());
            return new Exchange(name, ask, answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(Ask ask) {
        var body = ask.body();
        var request = HttpRequest.newBuilder(uri(ask))
                .method(ask.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !ask.headers().containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        ask.headers().forEach(request::header);
        ask.parameters().forEach((name, value) -> {
            if (isHeader(name)) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    private URI uri(Ask ask) {
        var uri = UriComponentsBuilder.fromUriString("http://127.0.0.1:" + port + ask.path());
        ask.parameters().keySet().stream()
                .filter(name -> !isHeader(name) && !ask.path().contains("{" + name + "}"))
                .forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.encode().buildAndExpand(ask.parameters()).toUri();
    }

    private static boolean isHeader(String parameter) {
        return parameter.equals("Prefer") || parameter.equals("Idempotency-Key");
    }
}
