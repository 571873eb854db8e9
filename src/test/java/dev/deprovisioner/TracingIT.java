package dev.deprovisioner;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A caller's trace goes on in the run and in the webhook, over the end of the process too; unless there is no endpoint. */
@Isolated("Reads the log of this JVM")
@ExtendWith(OutputCaptureExtension.class)
class TracingIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String GROUP = "support-tier-1";

    private final WireMockServer surroundings = TracedApplication.surroundings();
    private final String endpoint = surroundings.baseUrl() + "/v1/traces";

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void stop() {
        surroundings.stop();
    }

    @Test
    void goesOnFromTheRequestToTheRunAndTheWebhookButNotToTheProvider(CapturedOutput output) {
        try (var service = TracedApplication.start(surroundings, directory, endpoint)) {
            service.deprovision(GROUP, CALLER);
            awaitToldAndExported(service);
            assertThat(service.health()).isEqualTo(200);
        }
        assertSpansOfTheRun();
        assertThat(names()).noneMatch(name -> name.contains("actuator"));
        assertThat(TracedApplication.spans())
                .filteredOn(span -> !span.getName().startsWith("http get /"))
                .extracting(SpanData::getTraceId)
                .containsOnly(TRACE);
        assertThat(output.getOut().lines().filter(line -> line.contains(" " + GROUP + " " + TRACE + "]")))
                .anyMatch(line -> line.contains("Run succeeded"))
                .anyMatch(line -> line.contains("Webhook delivered: "));
        surroundings.verify(postRequestedFor(urlEqualTo("/v1/traces")));
        assertReceiverGetsTheTraceAndProviderDoesNot();
    }

    private static void assertSpansOfTheRun() {
        var request = span("http post /deprovisions/{groupId}");
        var run = span("deprovision");
        assertThat(request.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(run.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(attributes(run)).contains(GROUP, "SUCCEEDED", "SYNC_DIRECTORY");
        for (var step : List.of("validate", "remove_members", "delete_group", "sync_directory")) {
            assertThat(span(step).getParentSpanId()).isEqualTo(run.getSpanId());
        }
        assertThat(attributes(span("validate"))).contains("VALIDATE", "Validated");
        assertThat(span("webhook").getParentSpanId()).isEqualTo(run.getSpanId());
        assertThat(span("http patch").getParentSpanId())
                .isEqualTo(span("remove_members").getSpanId());
    }

    private void assertReceiverGetsTheTraceAndProviderDoesNot() {
        var webhook = surroundings.findAll(postRequestedFor(urlEqualTo("/webhooks/genesys")));
        assertThat(webhook).singleElement().satisfies(request -> {
            assertThat(request.getHeader("traceparent"))
                    .isEqualTo("00-" + TRACE + "-" + span("webhook").getSpanId() + "-01");
            assertThat(request.containsHeader("tracestate")).isFalse();
        });
        assertThat(requests())
                .filteredOn(request -> request.getUrl().startsWith("/api/"))
                .hasSizeGreaterThan(5)
                .noneMatch(TracingIT::saysATrace);
    }

    @Test
    void hasSpansWithTemplatesForUrlsAndNothingSecret() {
        surroundings.stubFor(get(urlPathMatching("/api/v2/scim/groups/.*"))
                .atPriority(1)
                .willReturn(
                        serviceUnavailable().withStatusMessage("Ann Example").withBody("{\"detail\":\"Ann\"}")));
        try (var service = TracedApplication.start(surroundings, directory, endpoint)) {
            service.deprovision("faulty", CALLER);
            awaitStatus(service, "faulty", "WAITING");
            surroundings.stop();
            service.deprovision("faulty", CALLER);
            await().until(() -> names().contains("http post /deprovisions/{groupId}")
                    && TracedApplication.spans().stream()
                            .anyMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR));
        }
        assertThat(TracedApplication.spans()).allSatisfy(span -> {
            assertThat(span.getEvents()).isEmpty();
            assertThat(span.getStatus().getDescription()).isEmpty();
            assertThat(attributes(span)).doesNotContain("Ann", "http://", "sandbox-secret", "Bearer", "eyJ");
        });
        assertThat(TracedApplication.spans())
                .extracting(TracingIT::attributes)
                .anyMatch(text -> text.contains("/api/v2/scim/groups/{groupId}"));
    }

    @Test
    void goesOnAfterTheProcessHasEnded() {
        var outage = surroundings.stubFor(
                get(urlPathMatching("/api/v2/scim/groups/.*")).atPriority(1).willReturn(serviceUnavailable()));
        String begun;
        try (var first = TracedApplication.start(surroundings, directory, endpoint)) {
            first.deprovision(GROUP, CALLER);
            awaitStatus(first, GROUP, "WAITING");
            await().until(() -> names().contains("deprovision"));
            begun = span("http post /deprovisions/{groupId}").getSpanId();
        }
        surroundings.removeStub(outage);

        try (var second = TracedApplication.start(surroundings, directory, endpoint)) {
            awaitToldAndExported(second);
        }
        assertThat(names()).doesNotContain("http post /deprovisions/{groupId}");
        assertThat(span("deprovision").getTraceId()).isEqualTo(TRACE);
        assertThat(span("deprovision").getParentSpanId()).isEqualTo(begun);
        assertThat(span("webhook").getTraceId()).isEqualTo(TRACE);
    }

    @Test
    void isOffWithoutAnEndpoint(CapturedOutput output) {
        try (var service = TracedApplication.start(surroundings, directory, null)) {
            service.deprovision(GROUP, CALLER);
            awaitStatus(service, GROUP, "SUCCEEDED");
            await().until(() -> service.latest(GROUP).path("webhookSynced").asBoolean(false));

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(
                            name -> name.contains("Span") || name.contains("otlp") || name.contains("OpenTelemetry"));
            assertThat(service.context().getBeanNamesForType(SpanExporter.class))
                    .hasSize(1);
            var jdbc = service.context().getBean(JdbcClient.class);
            assertThat(jdbc.sql("SELECT COUNT(traceparent) FROM deprovision")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
        assertThat(TracedApplication.spans()).isEmpty();
        assertThat(requests()).isNotEmpty().noneMatch(TracingIT::saysATrace);
        assertThat(output.getAll().toLowerCase(Locale.ROOT))
                .contains("run succeeded")
                .doesNotContain("otlp", "opentelemetry", TRACE);
    }

    private static void awaitToldAndExported(TracedApplication service) {
        await().atMost(ofSeconds(30))
                .until(() -> service.latest(GROUP).path("webhookSynced").asBoolean(false));
        await().atMost(ofSeconds(10)).until(() -> names().containsAll(List.of("deprovision", "webhook")));
    }

    private static void awaitStatus(TracedApplication service, String group, String status) {
        await().atMost(ofSeconds(30))
                .until(() -> service.latest(group).path("status").asString("").equals(status));
    }

    private static List<String> names() {
        return TracedApplication.spans().stream().map(SpanData::getName).toList();
    }

    private static SpanData span(String name) {
        return TracedApplication.spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + names()));
    }

    private static String attributes(SpanData span) {
        return span.getAttributes().toString();
    }

    private List<LoggedRequest> requests() {
        return surroundings.findAll(anyRequestedFor(anyUrl())).stream()
                .filter(request -> !request.getUrl().startsWith("/v1/traces"))
                .toList();
    }

    private static boolean saysATrace(LoggedRequest request) {
        return request.containsHeader("traceparent")
                || request.containsHeader("tracestate")
                || request.containsHeader("baggage")
                || request.containsHeader("b3");
    }
}
