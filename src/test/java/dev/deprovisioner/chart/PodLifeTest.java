package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** Pods are replaced when their configuration changes, have the time they need, and take what operators add. */
@NeedsHelm
class PodLifeTest {

    private static final String BEFORE =
            "{deprovisioner: {workers: 3}, secrets: {values: {deprovisioner.upstream.client-secret: a}}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{deprovisioner: {workers: 4}, secrets: {values: {deprovisioner.upstream.client-secret: a}}}",
                "{deprovisioner: {workers: 3}, secrets: {values: {deprovisioner.upstream.client-secret: b}}}"
            })
    void aChangeOfSettingsOrSecretsMakesNewPods(String after) {
        assertThat(annotations(after)).isNotEqualTo(annotations(BEFORE)).hasSameSizeAs(annotations(BEFORE));
    }

    @Test
    void anotherChangeDoesNot() {
        assertThat(annotations(BEFORE.replaceFirst("^\\{", "{serviceMonitor: {enabled: true}, ")))
                .isEqualTo(annotations(BEFORE));
    }

    private static Map<String, String> annotations(String values) {
        return Chart.render(values)
                .deployment()
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
    }

    @Test
    void theKillComesAfterTheSleepAndTwoPhasesOfTheShutdown() throws Exception {
        var manifests = Chart.render(Chart.MINIMAL);
        var sleep = manifests.container().getLifecycle().getPreStop().getSleep().getSeconds();
        assertThat(sleep).isPositive();
        var settings = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .getFirst();
        var phase = DurationStyle.detectAndParse(
                String.valueOf(settings.getProperty("spring.lifecycle.timeout-per-shutdown-phase")));
        assertThat(Duration.ofSeconds(manifests.pod().getTerminationGracePeriodSeconds()))
                .isGreaterThan(Duration.ofSeconds(sleep).plus(phase.multipliedBy(2)));
    }

    @Test
    void operatorsAddToTheEnvironmentAndToTheFiles() {
        var manifests = Chart.render(Chart.EVERYTHING);
        assertThat(manifests.container().getEnv())
                .extracting(EnvVar::getName)
                .containsExactly(
                        "SPRING_CONFIG_ADDITIONAL_LOCATION",
                        "SPRING_CONFIG_IMPORT",
                        "JAVA_TOOL_OPTIONS",
                        "DATABASE_PASSWORD");
        assertThat(manifests.pod().getVolumes())
                .anySatisfy(volume -> assertThat(volume.getName()).isEqualTo("database-ca"));
        assertThat(manifests.container().getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/database-ca"));
    }

    @Test
    void theImageIsNamedByItsDigestOrElseByTheVersion() {
        assertThat(Chart.render(Chart.EVERYTHING).container().getImage())
                .isEqualTo(
                        "registry.example.com:5000/identity/scim-deprovisioner@sha256:" + "0123456789abcdef".repeat(4));
        assertThat(Chart.render("{image: {tag: '7'}}").container().getImage()).isEqualTo("scim-deprovisioner:7");
        assertThat(Chart.render("{}").container().getImage())
                .isEqualTo("scim-deprovisioner:" + ChartReferenceTest.projectVersion());
    }

    @Test
    void theDiskOfTheNodeIsEnoughForTemporaryFilesAndTheLog() {
        var manifests = Chart.render(Chart.POSTGRESQL);
        var files = manifests.pod().getVolumes().stream()
                .filter(volume -> volume.getEmptyDir() != null)
                .map(volume -> volume.getEmptyDir().getSizeLimit().getNumericalAmount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var resources = manifests.container().getResources();
        assertThat(disk(resources.getLimits())).isGreaterThan(files);
        assertThat(disk(resources.getRequests())).isPositive().isLessThan(files);
    }

    private static BigDecimal disk(Map<String, Quantity> amounts) {
        return Objects.requireNonNull(amounts.get("ephemeral-storage")).getNumericalAmount();
    }
}
