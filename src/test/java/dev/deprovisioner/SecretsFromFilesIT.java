package dev.deprovisioner;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.testbed.ExternalSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** Secrets that are mounted as files, a directory of them, as Docker and Kubernetes do. */
class SecretsFromFilesIT {

    @TempDir
    private Path secrets = Path.of("");

    @Test
    void letTheServiceReachTheProviderAndSignItsWebhooks() throws IOException {
        try (var around = new ExternalSystems()) {
            var settings = around.settings();
            for (var name : List.of("deprovisioner.upstream.client-secret", "deprovisioner.webhook.secrets")) {
                Files.writeString(secrets.resolve(name), Objects.requireNonNull(settings.remove(name)) + "\n");
            }
            settings.put("spring.config.import", "configtree:" + secrets + "/");
            settings.put("spring.datasource.url", "jdbc:h2:mem:secrets");
            settings.put("server.port", "0");
            settings.put("management.server.port", "0");
            var arguments = settings.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new);

            try (var service = SpringApplication.run(DeprovisionerApplication.class, arguments)) {
                int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
                var group = around.upstream().createGroup("Support Tier 1", List.of("ann"));
                var portal = new Portal(port, around.tokens());

                assertThat(Portal.json(portal.postAndWait(group, null))
                                .get("status")
                                .asString())
                        .isEqualTo("SUCCEEDED");
                await().atMost(ofSeconds(10))
                        .until(() -> !around.receiver().deliveriesAbout(group).isEmpty());
                var delivery = around.receiver().deliveriesAbout(group).getFirst();
                assertThat(delivery.signature()).isEqualTo(ExternalSystems.expectedSignature(delivery));
            }
        }
    }
}
