package dev.deprovisioner.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A preset is a file of settings of the service, which all other settings go before. */
class PresetsTest {

    static final Iterable<String> PRESETS = UnknownProfiles.PRESETS;

    private static StandardEnvironment environment(String preset, Map<String, Object> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("command line", settings));
        ConfigDataEnvironmentPostProcessor.applyTo(
                environment, new DefaultResourceLoader(), new DefaultBootstrapContext(), preset);
        return environment;
    }

    @Test
    void areAllListed() throws IOException {
        var files = new PathMatchingResourcePatternResolver().getResources("classpath*:application-*.yml");
        assertThat(Stream.of(files).map(file -> Objects.requireNonNull(file.getFilename())))
                .containsExactlyInAnyOrderElementsOf(UnknownProfiles.PRESETS.stream()
                        .map(name -> "application-" + name + ".yml")
                        .toList());
    }

    @ParameterizedTest
    @FieldSource("PRESETS")
    void bringOnlyKnownSettings(String preset) {
        var environment = environment(preset, Map.of());
        assertThat(UnknownProfiles.in(environment)).isEmpty();
        assertThat(new UnknownSettings(KnownSettings.read()).in(environment)).isEmpty();
        assertThat(environment.getProperty("deprovisioner.scim.groups-path")).endsWith("roups/{groupId}");
    }

    /** As the chart mounts what is set in its values. */
    @Test
    void giveWayToAFileOfSettings(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("application.yaml"), """
                spring: {profiles: {active: entra}}
                deprovisioner: {scim: {removal-batch-size: 7}}
                """);
        var environment = environment(
                "entra",
                Map.of("spring.config.additional-location", folder.toUri().toString()));
        assertThat(environment.getProperty("deprovisioner.scim.removal-batch-size"))
                .isEqualTo("7");
        assertThat(environment.getProperty("deprovisioner.upstream.scopes"))
                .isEqualTo("https://graph.microsoft.com/.default");
    }
}
