package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Documents;
import dev.deprovisioner.upstream.UpstreamRequest.Api;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The commands of the runbook ask the provider what the service asks. */
class RunbookRequestsTest {

    private static final Path RUNBOOK = Path.of("docs/runbook.md");
    private static final Pattern SCIM_ACCEPT = Pattern.compile("\"Accept: (application/scim[^\"]*)\"");

    @Test
    void acceptTheSameMediaTypes() {
        assertThat(Documents.found(SCIM_ACCEPT, RUNBOOK))
                .isNotEmpty()
                .allSatisfy(header -> assertThat(header.group(1)).isEqualTo(Api.SCIM.accept()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"scim", "aws-identity-center", "entra", "google-cloud-identity", "genesys-cloud"})
    void haveThePathAndTheQueryOfEachPreset(String preset) {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application-" + preset + ".yml"));
        var settings = Objects.requireNonNull(yaml.getObject());
        var query = settings.getProperty("deprovisioner.scim.read-query");

        var row = row(preset);

        assertThat("/" + code(row.get(1)) + "/{groupId}")
                .isEqualTo(settings.getProperty("deprovisioner.scim.groups-path"));
        assertThat(row.get(2)).isEqualTo(query == null ? "none" : "`" + query + "`");
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }

    /** Of the table of paths: preset, groups, query, users. */
    private static List<String> row(String preset) {
        return Documents.text(RUNBOOK)
                .lines()
                .dropWhile(line -> !line.contains("| preset | `GROUPS` |"))
                .filter(line -> line.strip().startsWith("|"))
                .map(line -> Arrays.stream(line.strip().substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .filter(cells -> cells.getFirst().contains("`" + preset + "`"))
                .findFirst()
                .orElseThrow();
    }
}
