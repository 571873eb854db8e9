package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged jar carries a bill of its materials (CycloneDX), which names all that it has and nothing else. */
class SbomIT {

    private static final String SBOM = "META-INF/sbom/application.cdx.json";

    @Test
    void namesTheLibrariesThatAreInTheJarAndNoOthers() throws IOException {
        try (var jar = new JarFile(PackagedService.JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Sbom-Location"))
                    .isEqualTo(SBOM);
            assertThat(named(bill(jar))).isEqualTo(packaged(jar)).anyMatch(file -> file.startsWith("db-scheduler-"));
        }
    }

    @Test
    void findsNoTestCodeInTheJar() throws IOException {
        try (var jar = new JarFile(PackagedService.JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .contains("BOOT-INF/classes/dev/deprovisioner/DeprovisionerApplication.class")
                    .noneMatch(name -> name.matches(".*/(sandbox|testbed)/.*|.*(Test|IT)\\.class"));
        }
    }

    private static JsonNode bill(JarFile jar) throws IOException {
        try (var content = jar.getInputStream(Objects.requireNonNull(jar.getEntry(SBOM), SBOM))) {
            return JsonMapper.shared().readTree(content.readAllBytes());
        }
    }

    /** Starters are empty; they stand for what they depend on. What is optional is only compiled with. */
    private static Set<String> named(JsonNode bill) {
        return bill.get("components")
                .valueStream()
                .filter(library -> library.get("scope").asString().equals("required"))
                .map(library -> library.get("name").asString() + "-"
                        + library.get("version").asString() + ".jar")
                .filter(file -> !file.startsWith("spring-boot-starter-"))
                .collect(Collectors.toSet());
    }

    private static Set<String> packaged(JarFile jar) {
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                .map(name -> name.substring("BOOT-INF/lib/".length()))
                // Is added while packaging, to take the jar apart.
                .filter(file -> !file.startsWith("spring-boot-jarmode-tools-"))
                .collect(Collectors.toSet());
    }
}
