package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods meet the Pod Security Standard "restricted", field by field, and a bit more. */
@NeedsHelm
class RestrictedPodTest {

    static List<Path> valueSets() {
        return Chart.valueSets();
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void sharesNothingWithTheNode(Path values) {
        var pod = Chart.render(values).pod();
        assertThat(Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC(), pod.getHostUsers()))
                .containsOnlyNulls();
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getEphemeralContainers()).isEmpty();
        assertThat(pod.getContainers())
                .singleElement()
                .satisfies(container -> assertThat(container.getPorts())
                        .extracting(ContainerPort::getHostPort)
                        .containsOnlyNulls());
        assertThat(pod.getVolumes()).isNotEmpty().allMatch(RestrictedPodTest::isAllowed);
    }

    private static boolean isAllowed(Volume volume) {
        return Stream.of(
                                volume.getConfigMap(),
                                volume.getProjected(),
                                volume.getSecret(),
                                volume.getEmptyDir(),
                                volume.getPersistentVolumeClaim())
                        .filter(Objects::nonNull)
                        .count()
                == 1;
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void runsAsAUserWithoutPrivileges(Path values) {
        var manifests = Chart.render(values);
        var pod = manifests.pod().getSecurityContext();
        assertThat(pod.getRunAsNonRoot()).isTrue();
        assertThat(pod.getRunAsUser()).isPositive();
        assertThat(pod.getRunAsGroup()).isPositive();
        assertThat(pod.getFsGroup()).isPositive();
        assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod)
                .usingRecursiveComparison()
                .ignoringFields(
                        "runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup", "fsGroupChangePolicy", "seccompProfile")
                .isEqualTo(new PodSecurityContext());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void givesItsContainerNothing(Path values) {
        var container = Chart.render(values).container().getSecurityContext();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getCapabilities().getAdd()).isEmpty();
        assertThat(container)
                .usingRecursiveComparison()
                .ignoringFields("allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities")
                .isEqualTo(new SecurityContext());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void writesToItsDataAndTemporaryFilesOnly(Path values) {
        assertThat(Chart.render(values).container().getVolumeMounts())
                .filteredOn(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .extracting(VolumeMount::getMountPath)
                .containsExactlyInAnyOrder("/tmp", "/data");
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void holdsNoTokenOfKubernetesAndNoNamesOfItsServices(Path values) {
        var manifests = Chart.render(values);
        assertThat(manifests.pod().getAutomountServiceAccountToken()).isFalse();
        assertThat(manifests.pod().getEnableServiceLinks()).isFalse();
        assertThat(manifests.only(ServiceAccount.class).getAutomountServiceAccountToken())
                .isFalse();
        assertThat(manifests.pod().getServiceAccountName())
                .isEqualTo(manifests.only(ServiceAccount.class).getMetadata().getName());
    }

    @Test
    void leavesTheUserToAPlatformThatChoosesOne() {
        var pod = Chart.render("{runAsUser: null, runAsGroup: null, fsGroup: null}")
                .pod()
                .getSecurityContext();
        assertThat(pod.getRunAsNonRoot()).isTrue();
        assertThat(Stream.of(pod.getRunAsUser(), pod.getRunAsGroup(), pod.getFsGroup()))
                .containsOnlyNulls();
    }

    @Test
    void takesALargeUserIdAsItIs() {
        assertThat(Chart.render(Chart.EVERYTHING).pod().getSecurityContext().getRunAsUser())
                .isEqualTo(1_000_680_000L);
    }
}
