package dev.deprovisioner;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service before the sandbox's surroundings, on a database that outlives it, with its spans kept in memory too. */
final class TracedApplication implements AutoCloseable {

    private static final List<SpanData> EXPORTED = new CopyOnWriteArrayList<>();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    private final String token;

    /** Receives what is exported, beside the OTLP endpoint. */
    static class Exporter implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            EXPORTED.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private TracedApplication(ConfigurableApplicationContext context, WireMockServer surroundings) {
        this.context = context;
        this.token = send(HttpRequest.newBuilder(URI.create(surroundings.baseUrl() + "/callers/token")))
                .body();
    }

    static WireMockServer surroundings() {
        var surroundings = new WireMockServer(wireMockConfig()
                .usingFilesUnderClasspath("sandbox")
                .bindAddress("127.0.0.1")
                .dynamicPort());
        surroundings.start();
        surroundings.stubFor(post(urlEqualTo("/v1/traces")).willReturn(ok()));
        return surroundings;
    }

    /** @param endpoint where traces are sent, null for no tracing */
    static TracedApplication start(WireMockServer surroundings, Path directory, @Nullable String endpoint) {
        EXPORTED.clear();
        var at = surroundings.baseUrl();
        var settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--deprovisioner.upstream.base-url=" + at,
                "--deprovisioner.upstream.token-uri=" + at + "/oauth/token",
                "--deprovisioner.upstream.client-id=sandbox-client",
                "--deprovisioner.upstream.client-secret=sandbox-secret",
                "--deprovisioner.upstream.retry.max-attempts=1",
                "--deprovisioner.webhook.url=" + at + "/webhooks/genesys",
                "--deprovisioner.webhook.secrets=whsec_c2FuZGJveC1vbmx5LXdlYmhvb2stc2lnbmluZy1rZXk=",
                "--spring.security.oauth2.resourceserver.jwt.jwk-set-uri=" + at + "/callers/jwks",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=https://sandbox.invalid",
                "--spring.datasource.url=jdbc:h2:file:" + directory.resolve("traced") + ";WRITE_DELAY=0"));
        if (endpoint != null) {
            settings.add("--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint);
            settings.add("--management.opentelemetry.tracing.export.schedule-delay=100ms");
            // So long does the end wait for an endpoint that is gone.
            settings.add("--management.opentelemetry.tracing.export.timeout=1s");
            settings.add("--management.opentelemetry.tracing.export.otlp.timeout=1s");
        }
        var context = new SpringApplicationBuilder(DeprovisionerApplication.class, Exporter.class)
                .run(settings.toArray(String[]::new));
        return new TracedApplication(context, surroundings);
    }

    /** All spans that this application has exported. */
    static List<SpanData> spans() {
        return List.copyOf(EXPORTED);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** Posts as a caller who is part of a trace. */
    void deprovision(String group, String traceparent) {
        send(request("/deprovisions/" + group)
                .header("traceparent", traceparent)
                .header("tracestate", "vendor=of-the-caller")
                .POST(BodyPublishers.noBody()));
    }

    JsonNode latest(String group) {
        return JsonMapper.shared()
                .readTree(send(request("/deprovisions/" + group)).body());
    }

    int health() {
        var port = context.getEnvironment().getProperty("local.management.port");
        var uri = URI.create("http://127.0.0.1:" + port + "/actuator/health");
        return send(HttpRequest.newBuilder(uri)).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        var port = context.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
