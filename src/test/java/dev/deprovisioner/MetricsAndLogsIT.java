package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a run leaves in figures and in logs. */
@Isolated("Reads the log of this JVM")
@ExtendWith(OutputCaptureExtension.class)
class MetricsAndLogsIT extends WholeApplication {

    @Autowired
    MetricsAndLogsIT(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
    }

    @Test
    void showsItsFiguresAndItsHealthOnTheManagementPortWithoutAToken() throws Exception {
        portal.postAndWait(group, null);
        awaitWebhookSynced();

        assertThat(managed("/actuator/prometheus").body())
                .contains("deprovisions_total{outcome=\"deleted\"}")
                .contains("deprovision_duration_seconds_bucket{outcome=\"deleted\"")
                .contains("deprovision_step_duration_seconds_bucket{outcome=\"succeeded\",step=\"remove_members\"")
                .contains("deprovision_members_removed_total")
                .contains("deprovisions_active{status=\"running\"}")
                .contains("webhook_deliveries_total{outcome=\"delivered\"}")
                .contains("webhook_pending")
                .contains("upstream_pacing_wait_seconds_count")
                .contains("http_client_requests_seconds_count", "http_server_requests_seconds_count")
                .contains("uri=\"/api/v2/scim/groups/{groupId}\"", "uri=\"/deprovisions/{groupId}\"")
                .doesNotContain(group);
        for (var probe : List.of("", "/liveness", "/readiness")) {
            assertThat(managed("/actuator/health" + probe).statusCode()).isEqualTo(200);
        }
        assertThat(managed("/actuator/env").statusCode()).isIn(401, 404);
    }

    @Test
    void writesTheRunAndTheGroupIntoEveryLineOnTheirBehalf(CapturedOutput output) {
        portal.postAndWait(group, null);
        awaitWebhookSynced();

        var run = runId();
        assertThat(output.getOut().lines().filter(line -> line.contains(run) && line.contains(group)))
                .anyMatch(line -> line.contains("Step done: VALIDATE"))
                .anyMatch(line -> line.contains("Run succeeded"))
                .anyMatch(line -> line.contains("Webhook delivered: "));
        assertThat(output).doesNotContain("\"ann\"", around.tokens().clientSecret());
    }

    private HttpResponse<String> managed(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + managementPort + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
