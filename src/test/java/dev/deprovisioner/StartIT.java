package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the service without settings that it needs: it ends, and says what to do. */
class StartIT {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void namesEverySettingThatIsMissingAndPointsToTheSandbox() {
        try (var service = ServiceProcess.start(directory, Map.of(), 0, 0)) {
            assertThat(service.awaitExit()).isNotZero();
            assertThat(service.output())
                    .contains(
                            "deprovisioner.upstream.base-url",
                            "deprovisioner.upstream.client-id",
                            "deprovisioner.upstream.client-secret")
                    .contains("mvn spring-boot:test-run")
                    .doesNotContain("\tat ");
        }
    }
}
