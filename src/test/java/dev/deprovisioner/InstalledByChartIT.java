package dev.deprovisioner;

import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.chart.Chart;
import dev.deprovisioner.chart.NeedsHelm;
import dev.deprovisioner.chart.PodFiles;
import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.Ports;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.json.JsonMapper;

/** A process with the same settings as the chart's pod: only its mounted files and its environment. */
@Execution(ExecutionMode.CONCURRENT)
@NeedsHelm
class InstalledByChartIT {

    private static final String UPSTREAM = "deprovisioner.upstream.";
    private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

    @TempDir
    private Path root = Path.of("");

    private final int managementPort = Ports.free();

    @Test
    void takesGroupsOutAndAnswersThePodsProbes() throws Exception {
        try (var around = new ExternalSystems()) {
            var settings = around.settings();
            var manifests = Chart.render(values(settings));
            var signing = requireNonNull(settings.get("deprovisioner.webhook.secrets"));
            var pod = new PodFiles(manifests, root, Map.of("receiver", Map.of("signing", signing)));
            pod.mount();

            int port = Ports.free();
            try (var service = ServiceProcess.startInPod(root, pod.environment(), port, managementPort)) {
                service.awaitReady();
                for (var probe : pod.probedPaths()) {
                    assertThat(status(probe)).as(probe).isEqualTo(200);
                }
                assertThat(service.output().lines())
                        .isNotEmpty()
                        .allSatisfy(line -> JsonMapper.shared().readTree(line));

                var group = around.upstream().createGroup("Support Tier 1", List.of("ann"));
                var other = around.upstream().createGroup("Sales", List.of("ann"));
                var portal = new Portal(port, around.tokens());
                assertThat(statusOf(portal, group)).isEqualTo("SUCCEEDED");
                assertThat(statusOf(portal, other)).isEqualTo("BLOCKED");
                await().atMost(ofSeconds(10))
                        .until(() -> !around.receiver().deliveriesAbout(group).isEmpty());
                var delivery = around.receiver().deliveriesAbout(group).getFirst();
                assertThat(delivery.signature()).isEqualTo(ExternalSystems.expectedSignature(delivery));
                assertThat(root.resolve("data/deprovisioner.mv.db")).isRegularFile();
            }
        }
    }

    /** The settings of this test's surroundings, as an operator writes values. */
    private static String values(Map<String, String> settings) {
        return """
            deprovisioner:
              upstream: {base-url: "%s", token-uri: "%s", client-id: "%s"}
              webhook: {url: "%s"}
              security:
                callers:
                  - {principal: "*", groups: ["Support *"]}
            spring:
              security: {oauth2: {resourceserver: {jwt: {issuer-uri: "%s", jwk-set-uri: "%s"}}}}
              datasource: {hikari: {maximum-pool-size: 31}}
            secrets:
              values:
                deprovisioner.upstream.client-secret: "%s"
              existing:
                - name: receiver
                  keys: {signing: deprovisioner.webhook.secrets}
            """.formatted(
                        settings.get(UPSTREAM + "base-url"),
                        settings.get(UPSTREAM + "token-uri"),
                        settings.get(UPSTREAM + "client-id"),
                        settings.get("deprovisioner.webhook.url"),
                        settings.get(JWT + "issuer-uri"),
                        settings.get(JWT + "jwk-set-uri"),
                        settings.get(UPSTREAM + "client-secret"));
    }

    private static String statusOf(Portal portal, String group) {
        return Portal.json(portal.postAndWait(group, null)).get("status").asString();
    }

    private int status(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
