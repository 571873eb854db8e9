package dev.deprovisioner.benchmark;

import dev.deprovisioner.testbed.TokenServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Uses the service over its HTTP API, with tokens that do not expire meanwhile. */
final class Caller {

    /** Shorter than a token is valid. */
    private static final long RENEWED_AFTER = Duration.ofMinutes(3).toNanos();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final TokenServer issuer;
    private final AtomicInteger requests = new AtomicInteger();
    private List<String> tokens = List.of();
    private long fetchedAt;

    Caller(int port, TokenServer issuer) {
        this.service = URI.create("http://127.0.0.1:" + port);
        this.issuer = issuer;
        becomes(1);
    }

    /** Each is another caller to the service, and they take turns: one has a bounded number of active runs. */
    synchronized void becomes(int callers) {
        tokens = Stream.generate(() -> issuer.callerToken("deprovision:read", "deprovision:write"))
                .limit(callers)
                .toList();
        fetchedAt = System.nanoTime();
    }

    private synchronized String token() {
        if (System.nanoTime() - fetchedAt > RENEWED_AFTER) {
            becomes(tokens.size());
        }
        return tokens.get(requests.getAndIncrement() % tokens.size());
    }

    /**
     * Posts a group, and waits for the end of its run.
     *
     * @return how long that took, in milliseconds
     */
    double remove(String group) {
        var request = request(group).header("Prefer", "wait=60").POST(BodyPublishers.noBody());
        long begin = System.nanoTime();
        var answer = send(request.build());
        double millis = (System.nanoTime() - begin) / 1e6;
        var run = JsonMapper.shared().readTree(answer.body());
        if (!run.path("outcome").asString("").equals("DELETED")) {
            throw new IllegalStateException("Not removed: " + answer.body());
        }
        return millis;
    }

    /**
     * Posts a group, and waits for nothing else.
     *
     * @param body JSON, or empty
     */
    void post(String group, String body) {
        var request = request(group).header("Content-Type", "application/json");
        var answer = send(request.POST(BodyPublishers.ofString(body)).build());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException("Not accepted: " + answer.body());
        }
    }

    private HttpRequest.Builder request(String group) {
        return HttpRequest.newBuilder(service.resolve("/deprovisions/" + group))
                .header("Authorization", "Bearer " + token());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
