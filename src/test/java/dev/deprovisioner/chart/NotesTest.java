package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The notes that Helm prints once the chart is installed. */
@NeedsHelm
class NotesTest {

    @Test
    void nameWhatTheServiceWillMiss() {
        assertThat(notes(Path.of("src/test/resources/chart/two-pods.yaml")))
                .contains(
                        "on PostgreSQL.",
                        "The values do not set: deprovisioner.upstream.base-url, deprovisioner.upstream.token-uri,"
                                + " deprovisioner.upstream.client-id,"
                                + " spring.security.oauth2.resourceserver.jwt.issuer-uri,"
                                + " deprovisioner.upstream.client-secret (secrets.values, secrets.existing)",
                        "There may be several pods");
    }

    @Test
    void sayWhereItIsWhenNothingIsMissing() {
        assertThat(notes(Chart.MINIMAL))
                .contains(
                        "on an embedded database on the volume of the claim groups-scim-deprovisioner-data.",
                        "http://groups-scim-deprovisioner.identity:8080/deprovisions/GROUP-ID")
                .doesNotContain("do not set", "several pods", "no certificate");
    }

    private static String notes(Path values) {
        return new Helm(Chart.DIRECTORY)
                .install()
                .withName(Chart.RELEASE)
                .withNamespace("identity")
                .withKubeVersion(Chart.OLDEST_KUBERNETES)
                .withValuesFile(values)
                .clientOnly()
                .dryRun()
                .call()
                .getOutput();
    }
}
