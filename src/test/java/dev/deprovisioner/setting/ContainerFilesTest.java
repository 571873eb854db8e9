package dev.deprovisioner.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** The Dockerfile and the compose file fit the code and each other; what they do can only be seen with Docker. */
class ContainerFilesTest {

    private static final String SERVICE = "services.deprovisioner.";
    private static final String VARIABLE = SERVICE + "environment.DEPROVISIONER_";

    private final List<Setting> known = KnownSettings.read();
    private final String pom = read("pom.xml");
    private final String dockerfile = read("Dockerfile");
    private final Map<String, String> compose = flat("docker-compose.yml");

    @Test
    void composeSetsWhatIsRequiredAndNothingUnknown() {
        var variables = compose.keySet().stream()
                .filter(key -> key.startsWith(VARIABLE))
                .map(key -> key.substring(key.lastIndexOf('.') + 1))
                .toList();
        assertThat(variables)
                .containsAll(required().map(Setting::variable).toList())
                .allMatch(name -> known.stream().anyMatch(setting -> setting.isSetByVariable(name)));
    }

    @Test
    void theStartsOfTheBuildSetWhatIsRequiredAndNothingUnknown() {
        assertThat(Stream.of(dockerfile, pom))
                .extracting(file -> all(file, "--(deprovisioner\\.[a-z.-]+)="))
                .allSatisfy(names -> assertThat(names)
                        .containsAll(required().map(Setting::toString).toList())
                        .isSubsetOf(known.stream().map(Setting::toString).toList()));
    }

    /** The cache is of the start that it is for; the beans are there only if the build has made them. */
    @Test
    void theImageTakesWhatItsBuildHasPrepared() {
        assertThat(all(dockerfile, "mvn (.+) package"))
                .singleElement()
                .asString()
                .contains("-Pprepared");
        assertThat(all(dockerfile, "(-Dspring\\.aot\\.enabled=true)")).hasSize(2);
        assertThat(pom).contains("<id>prepared</id>", "<goal>process-aot</goal>");
    }

    /** As docs/operations.md counts it: the service itself, 13 large answers of 4 MiB, and 100 KiB for each connection. */
    @Test
    void theConnectionsAndLargeAnswersOfCallersFitTheHeap() {
        var limit = flat("helm/scim-deprovisioner/values.yaml").get("resources.limits.memory");
        var connections = flat("src/main/resources/application.yml").get("server.tomcat.max-connections");
        int percentage =
                Integer.parseInt(all(dockerfile, "-XX:MaxRAMPercentage=(\\d+)").getFirst());
        int heap = Integer.parseInt(Objects.requireNonNull(limit).replace("Mi", "")) * percentage / 100;

        int used = 130 + 13 * 4 + Integer.parseInt(Objects.requireNonNull(connections)) * 100 / 1024;

        assertThat(used).isLessThan(heap);
        assertThat(read("docs/operations.md")).contains("| 2,500 connections of at most 100 KiB", "| " + heap + " |");
    }

    @Test
    void everyMountedFileIsThere() {
        assertThat(values("services\\..+\\.volumes\\[\\d+]"))
                .filteredOn(volume -> volume.startsWith("."))
                .isNotEmpty()
                .allSatisfy(volume ->
                        assertThat(Path.of(volume.replaceFirst(":.*", ""))).exists());
    }

    @Test
    void everyPortIsForThisMachineOnly() {
        assertThat(values("services\\..+\\.ports\\[\\d+]"))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void theServiceHasNoRightsToSpare() {
        assertThat(compose)
                .containsEntry(SERVICE + "read_only", "true")
                .containsEntry(SERVICE + "cap_drop[0]", "ALL")
                .containsEntry(SERVICE + "security_opt[0]", "no-new-privileges:true")
                .doesNotContainKeys(SERVICE + "cap_add[0]", SERVICE + "privileged", SERVICE + "user");
        assertThat(all(dockerfile, "(?m)^USER (.+)$")).containsExactly("10001:10001");
    }

    @Test
    void versionsAreThoseOfTheBuild() {
        var version = element("(?s)<artifactId>scim-deprovisioner</artifactId>\\s*<version>(.+?)</version>");
        assertThat(all(dockerfile, "(?m)^FROM eclipse-temurin:(\\S+)"))
                .allMatch(tag -> tag.startsWith(element("<java.version>(.+?)</java.version>") + "-"))
                .hasSameSizeAs(all(dockerfile, "(?m)^FROM (.+)$"));
        assertThat(all(dockerfile, "image\\.version=\"(.+?)\"")).containsExactly(version);
        assertThat(compose)
                .containsEntry(SERVICE + "image", "scim-deprovisioner:" + version)
                .containsEntry(
                        "services.sandbox.image",
                        "wiremock/wiremock:" + element("<wiremock.version>(.+?)</wiremock.version>"));
    }

    private Stream<Setting> required() {
        return known.stream().filter(Setting::required);
    }

    private List<String> values(String keys) {
        return compose.entrySet().stream()
                .filter(entry -> entry.getKey().matches(keys))
                .map(Map.Entry::getValue)
                .toList();
    }

    private String element(String pattern) {
        return all(pom, pattern).getFirst();
    }

    private static List<String> all(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, String> flat(String file) {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource(file));
        return Objects.requireNonNull(yaml.getObject()).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(), entry -> String.valueOf(entry.getValue())));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
