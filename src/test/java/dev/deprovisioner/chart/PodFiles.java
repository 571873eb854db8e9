package dev.deprovisioner.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kubelet would put before the service: its mounted files, here below a directory, and its environment. */
public final class PodFiles {

    private final Manifests manifests;
    private final Path root;
    private final Map<String, Map<String, String>> existing;

    /**
     * @param root where the pod's root directory begins
     * @param existing Secrets that the chart does not make, by name
     */
    public PodFiles(Manifests manifests, Path root, Map<String, Map<String, String>> existing) {
        this.manifests = manifests;
        this.root = root;
        this.existing = existing;
    }

    /** Writes the files. */
    public void mount() {
        var paths = manifests.container().getVolumeMounts().stream()
                .collect(Collectors.toMap(mount -> mount.getName(), mount -> at(mount.getMountPath())));
        for (var volume : manifests.pod().getVolumes()) {
            write(Objects.requireNonNull(paths.get(volume.getName())), content(volume));
        }
    }

    /** The variables that have a value of their own. */
    public Map<String, String> environment() {
        return manifests.container().getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(variable -> variable.getName(), variable -> belowRoot(variable.getValue())));
    }

    /** What the kubelet asks for. */
    public List<String> probedPaths() {
        var container = manifests.container();
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .map(probe -> probe.getHttpGet().getPath())
                .toList();
    }

    private Map<String, String> content(Volume volume) {
        if (volume.getConfigMap() != null) {
            return configMap(volume.getConfigMap().getName());
        }
        if (volume.getSecret() != null) {
            var secret = volume.getSecret();
            return secret(new SecretProjection(secret.getItems(), secret.getSecretName(), false));
        }
        var files = new HashMap<String, String>();
        if (volume.getProjected() != null) {
            volume.getProjected().getSources().forEach(source -> files.putAll(secret(source.getSecret())));
        }
        return files;
    }

    private Map<String, String> configMap(String name) {
        return manifests.all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .map(map -> map.getData().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, file -> belowRoot(file.getValue()))))
                .orElse(Map.of());
    }

    private Map<String, String> secret(SecretProjection projection) {
        var data = existing.containsKey(projection.getName())
                ? existing.get(projection.getName())
                : own(projection.getName());
        return projection.getItems().isEmpty()
                ? data
                : projection.getItems().stream()
                        .collect(Collectors.toMap(KeyToPath::getPath, item -> data.get(item.getKey())));
    }

    private Map<String, String> own(String name) {
        return manifests.all(Secret.class).stream()
                .filter(secret -> secret.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getData()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), UTF_8)));
    }

    /** A path in a setting, such as that of the database, is a path in the pod. */
    private String belowRoot(String text) {
        return text.replaceAll(":(?=/(etc|data)/)", ":" + root);
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }

    private static void write(Path directory, Map<String, String> files) {
        try {
            Files.createDirectories(directory);
            for (var file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
