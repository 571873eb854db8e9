package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Starts the service without settings that it needs: it ends, and says what to do. */
@Execution(ExecutionMode.CONCURRENT)
class StartIT {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void namesEverySettingThatIsMissingAndPointsToTheSandbox() {
        var output = outputOfAStartWith(Map.of());

        assertThat(output)
                .contains(
                        "deprovisioner.upstream.base-url",
                        "deprovisioner.upstream.client-id",
                        "deprovisioner.upstream.client-secret")
                .contains("mvn spring-boot:test-run")
                .doesNotContain("\tat ");
    }

    @Test
    void namesTheIssuerOfCallersTokensWhenOnlyThatIsMissing() {
        var output = outputOfAStartWith(Map.of(
                "deprovisioner.upstream.base-url", "https://api.example.com",
                "deprovisioner.upstream.token-uri", "https://login.example.com/oauth/token",
                "deprovisioner.upstream.client-id", "client",
                "deprovisioner.upstream.client-secret", "a-secret-value"));

        assertThat(output)
                .contains("spring.security.oauth2.resourceserver.jwt.issuer-uri")
                .contains("mvn spring-boot:test-run")
                .doesNotContain("\tat ", "a-secret-value");
    }

    private String outputOfAStartWith(Map<String, String> settings) {
        try (var service = ServiceProcess.start(directory, settings, 0, 0)) {
            assertThat(service.awaitExit()).isNotZero();
            return service.output();
        }
    }
}
