package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes of each set of values is what Kubernetes knows, and fits together. */
@NeedsHelm
class ManifestsTest {

    static List<Path> valueSets() {
        return Chart.valueSets();
    }

    @Test
    void areFewWithTheLeastValues() {
        assertThat(Chart.render(Chart.MINIMAL).names())
                .containsExactly(
                        "ConfigMap groups-scim-deprovisioner",
                        "Deployment groups-scim-deprovisioner",
                        "NetworkPolicy groups-scim-deprovisioner",
                        "PersistentVolumeClaim groups-scim-deprovisioner-data",
                        "PodDisruptionBudget groups-scim-deprovisioner",
                        "Service groups-scim-deprovisioner",
                        "Service groups-scim-deprovisioner-management",
                        "ServiceAccount groups-scim-deprovisioner");
    }

    @Test
    void areAllKindsWithEverythingOn() {
        assertThat(Chart.render(Chart.EVERYTHING).names())
                .containsExactly(
                        "ConfigMap groups-out",
                        "ConfigMap groups-out-dashboards",
                        "Deployment groups-out",
                        "HTTPRoute groups-out",
                        "HorizontalPodAutoscaler groups-out",
                        "Ingress groups-out",
                        "NetworkPolicy groups-out",
                        "PodDisruptionBudget groups-out",
                        "PrometheusRule groups-out",
                        "Secret groups-out",
                        "Service groups-out",
                        "Service groups-out-management",
                        "ServiceAccount groups-out-pods",
                        "ServiceMonitor groups-out");
    }

    @Test
    void haveNamesThatServicesMayHave() {
        var manifests = Chart.render("{fullnameOverride: \"v1.%s\"}".formatted("x".repeat(70)));
        assertThat(manifests.all())
                .extracting(one -> one.getMetadata().getName())
                .allSatisfy(name -> assertThat(name).matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?"));
    }

    @Test
    void passTheLinter() {
        var result = new Helm(Chart.DIRECTORY).lint().strict().call();
        assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
        assertThat(result.isFailed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spec: {replicaz: 1}", "spec: {template: {spec: {containers: [{portz: []}]}}}", "zpec: {}"})
    void wouldNotBeReadWithAFieldThatKubernetesDoesNotKnow(String field) {
        assertThatThrownBy(() -> ManifestReader.read("apiVersion: apps/v1\nkind: Deployment\n" + field))
                .hasMessageContaining("Unrecognized field");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void selectThePods(Path values) {
        var manifests = Chart.render(values);
        var template = manifests.deployment().getSpec().getTemplate();
        var labels = template.getMetadata().getLabels().entrySet();
        assertThat(Stream.of(
                                Stream.of(manifests
                                        .deployment()
                                        .getSpec()
                                        .getSelector()
                                        .getMatchLabels()),
                                manifests.all(Service.class).stream()
                                        .map(service -> service.getSpec().getSelector()),
                                Stream.of(manifests
                                        .only(PodDisruptionBudget.class)
                                        .getSpec()
                                        .getSelector()
                                        .getMatchLabels()),
                                Stream.of(manifests
                                        .only(NetworkPolicy.class)
                                        .getSpec()
                                        .getPodSelector()
                                        .getMatchLabels()),
                                template.getSpec().getTopologySpreadConstraints().stream()
                                        .map(spread -> spread.getLabelSelector().getMatchLabels()))
                        .<Map<String, String>>flatMap(selectors -> selectors))
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(selector -> assertThat(labels).hasSizeGreaterThan(1).containsAll(selector.entrySet()));
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void leadToPortsOfTheContainer(Path values) {
        var manifests = Chart.render(values);
        assertThat(manifests.container().getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactlyInAnyOrder(tuple("http", 8080), tuple("management", 8081));
        assertThat(targetPorts(manifests.service(false))).containsExactly("http");
        assertThat(targetPorts(manifests.service(true))).containsExactly("management");
    }

    private static Stream<String> targetPorts(Service service) {
        return service.getSpec().getPorts().stream()
                .map(port -> port.getTargetPort().getStrVal());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void probeTheManagementPort(Path values) {
        var container = Chart.render(values).container();
        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .extracting(Probe::getHttpGet)
                .allSatisfy(get -> assertThat(get.getPort().getStrVal()).isEqualTo("management"))
                .extracting(HTTPGetAction::getPath)
                .containsExactly(
                        "/actuator/health/liveness", "/actuator/health/liveness", "/actuator/health/readiness");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void mountEveryVolumeOnceWhereNoneHidesAnother(Path values) {
        var manifests = Chart.render(values);
        var mounts = manifests.container().getVolumeMounts();
        assertThat(mounts)
                .extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(manifests.pod().getVolumes().stream()
                        .map(Volume::getName)
                        .toList());
        assertThat(new HashSet<>(mounts.stream().map(VolumeMount::getMountPath).toList()))
                .hasSameSizeAs(mounts);
    }
}
