package dev.deprovisioner;

import static org.awaitility.Awaitility.await;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A caller of the service, who knows nothing of it but its HTTP API. */
public final class Portal {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;
    private final String token;

    public Portal(int port, TokenServer tokens) {
        this(port, tokens.callerToken("deprovision:read", "deprovision:write", "audit:read", "webhook:manage"));
    }

    /** @param token the bearer token of the caller that sends the requests */
    public Portal(int port, String token) {
        this.service = URI.create("http://127.0.0.1:" + port);
        this.token = token;
    }

    /**
     * Sends a request again while it is answered 503: on a slow machine, some of many callers at once wait for a connection
     * of the database for longer than they may.
     */
    public static HttpResponse<String> untilAccepted(Supplier<HttpResponse<String>> request) {
        return await().atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(request::get, answer -> answer.statusCode() != 503);
    }

    public HttpResponse<String> post(String groupId) {
        return send(request("/deprovisions/" + groupId).POST(BodyPublishers.noBody()));
    }

    /** @param key of the request, so that it may be sent again */
    public HttpResponse<String> post(String groupId, String key) {
        return send(request("/deprovisions/" + groupId)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.noBody()));
    }

    public HttpResponse<String> get(String path, String accept) {
        return send(request(path).header("Accept", accept));
    }

    public HttpResponse<String> cancel(String groupId) {
        return send(request("/deprovisions/" + groupId).DELETE());
    }

    /** Posts and waits for the end of the run. */
    public HttpResponse<String> postAndWait(String groupId, @Nullable String body) {
        var request = request("/deprovisions/" + groupId).header("Prefer", "wait=30");
        return send(
                body == null
                        ? request.POST(BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    public JsonNode latest(String groupId) {
        return json(send(request("/deprovisions/" + groupId)));
    }

    List<JsonNode> auditEntries(String groupId) {
        return List.copyOf(json(send(request("/audit-entries?groupId=" + groupId)))
                .get("items")
                .values());
    }

    /** The status of the answer to a request for a list of runs. */
    int listStatus() {
        return send(request("/deprovisions?limit=100")).statusCode();
    }

    /** What the service says of the chain of all audit entries. */
    public JsonNode verification() {
        return json(send(request("/audit-entries/verification")));
    }

    public List<String> auditActions(String groupId) {
        return auditEntries(groupId).stream()
                .map(entry -> entry.get("action").asString())
                .toList();
    }

    /** Webhooks of that status, the newest first. */
    List<JsonNode> webhooks(String status) {
        return List.copyOf(json(send(request("/webhook-deliveries?status=" + status)))
                .get("items")
                .values());
    }

    HttpResponse<String> redeliver(String webhookId) {
        return send(request("/webhook-deliveries/" + webhookId + "/redelivery").POST(BodyPublishers.noBody()));
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
