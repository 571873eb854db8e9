package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;

/** What one rendering of the chart makes. */
public record Manifests(List<HasMetadata> all) {

    /** All of a kind. */
    <T extends HasMetadata> List<T> all(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The only one of a kind. */
    <T extends HasMetadata> T only(Class<T> type) {
        var found = all(type);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** Each as its kind and name, sorted. */
    List<String> names() {
        return all.stream()
                .map(one -> one.getKind() + " " + one.getMetadata().getName())
                .sorted()
                .toList();
    }

    Deployment deployment() {
        return only(Deployment.class);
    }

    PodSpec pod() {
        return deployment().getSpec().getTemplate().getSpec();
    }

    Container container() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().getFirst();
    }

    /** The one for callers, or the one for operators. */
    Service service(boolean management) {
        return all(Service.class).stream()
                .filter(service -> service.getMetadata().getName().endsWith("-management") == management)
                .findFirst()
                .orElseThrow();
    }

    /** What the service reads as its configuration. */
    public String application() {
        return all(ConfigMap.class).stream()
                .map(map -> map.getData().get("application.yaml"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }
}
