package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.Ports;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The logs for machines: every line that the process prints is one record in the Elastic Common Schema. */
@Execution(ExecutionMode.CONCURRENT)
class StructuredLogsIT {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void carryTheRunAndTheGroupInEveryRecordOnTheirBehalf() {
        try (var around = new ExternalSystems()) {
            var settings = around.settings();
            settings.put("logging.structured.format.console", "ecs");
            int port = Ports.free();
            try (var service = ServiceProcess.start(directory, settings, port, Ports.free())) {
                service.awaitReady();
                var portal = new Portal(port, around.tokens());
                var group = around.upstream().createGroup("Support Tier 1", List.of("ann"));
                portal.postAndWait(group, null);
                portal.post("forged%0D%0A2026-01-01");
                await().until(() -> service.output().contains("Webhook delivered: "));

                var records = service.output()
                        .lines()
                        .map(JsonMapper.shared()::readTree)
                        .toList();
                var run = portal.latest(group).get("id").asString();
                var ofTheRun = records.stream()
                        .filter(record ->
                                run.equals(record.path("deprovisionId").asString("")))
                        .toList();
                assertThat(ofTheRun)
                        .hasSizeGreaterThan(4)
                        .allMatch(record -> group.equals(record.path("groupId").asString("")));
                assertThat(records)
                        .filteredOn(record -> text(record).contains(group))
                        .as("records about the group, from the request to the delivery")
                        .hasSizeGreaterThan(3)
                        .allMatch(record -> record.hasNonNull("deprovisionId"));
            }
        }
    }

    private static String text(JsonNode record) {
        return record.path("message").asString("");
    }
}
