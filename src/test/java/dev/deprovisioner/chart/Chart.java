package dev.deprovisioner.chart;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The chart, as Helm itself renders it. */
public final class Chart {

    /** The release's name. */
    public static final String RELEASE = "groups";

    static final String OLDEST_KUBERNETES = "1.30.0";

    static final Path DIRECTORY = Path.of("helm/scim-deprovisioner");
    static final Path MINIMAL = DIRECTORY.resolve("examples/minimal.yaml");
    static final Path POSTGRESQL = DIRECTORY.resolve("examples/postgresql.yaml");
    static final Path CLOSED = DIRECTORY.resolve("examples/closed-egress.yaml");
    static final Path EVERYTHING = Path.of("src/test/resources/chart/everything.yaml");

    private Chart() {}

    static List<Path> valueSets() {
        return List.of(MINIMAL, POSTGRESQL, CLOSED, EVERYTHING);
    }

    /** @param values as YAML, over the defaults */
    public static Manifests render(String values) {
        try {
            var file = Files.createTempFile("values", ".yaml");
            try {
                return render(Files.writeString(file, values));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests render(Path values) {
        return ManifestReader.read(new Helm(DIRECTORY)
                .template()
                .withName(RELEASE)
                .withNamespace("identity")
                .withKubeVersion(OLDEST_KUBERNETES)
                .withValuesFile(values)
                .call());
    }
}
