package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notes that Helm prints once the chart is installed. */
@NeedsHelm
class NotesTest {

    @Test
    void nameWhatTheServiceWillMiss() {
        assertThat(notes(Path.of("src/test/resources/chart/two-pods.yaml")))
                .contains(
                        "on PostgreSQL.",
                        "The values do not set: deprovisioner.upstream.base-url, deprovisioner.upstream.client-id,"
                                + " spring.security.oauth2.resourceserver.jwt.issuer-uri,"
                                + " deprovisioner.upstream.client-secret (secrets.values, secrets.existing)",
                        "There may be several pods");
    }

    @Test
    void sayWhereItIsWhenNothingIsMissing() {
        assertThat(notes(Chart.MINIMAL))
                .contains(
                        "on an embedded database on the volume of the claim groups-scim-deprovisioner-data.",
                        "http://groups-scim-deprovisioner.identity:8080/deprovisions/GROUP-ID",
                        "http://groups-scim-deprovisioner.identity:8080/upstream?groupId=GROUP-ID")
                .doesNotContain("do not set", "several pods", "no certificate");
    }

    @Test
    void missNoClientWhereThereIsABearerToken(@TempDir Path folder) throws IOException {
        var values = Files.writeString(
                folder.resolve("values.yaml"), "{preset: aws-identity-center, bearerToken: {existingSecret: aws}}");
        assertThat(notes(values))
                .contains("deprovisioner.upstream.base-url")
                .doesNotContain("client-id", "client-secret");
    }

    @Test
    void missNoBaseUrlWhereThereIsARegion(@TempDir Path folder) throws IOException {
        var values = Files.writeString(
                folder.resolve("values.yaml"),
                "{preset: genesys-cloud, deprovisioner: {upstream: {region: mypurecloud.de}}}");
        assertThat(notes(values)).contains("deprovisioner.upstream.client-id").doesNotContain("base-url");
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
