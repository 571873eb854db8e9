package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database decides how pods are replaced, how many there may be, and whether there is a volume. */
@NeedsHelm
class DatabaseChoiceTest {

    @Test
    void theEmbeddedOneIsAFileOnAVolumeThatOnePodAtATimeHolds() {
        var manifests = Chart.render(Chart.MINIMAL);
        var deployment = manifests.deployment().getSpec();
        assertThat(deployment.getReplicas()).isEqualTo(1);
        assertThat(deployment.getStrategy().getType()).isEqualTo("Recreate");
        assertThat(deployment.getStrategy().getRollingUpdate()).isNull();

        var claim = manifests.only(PersistentVolumeClaim.class);
        assertThat(data(manifests).getPersistentVolumeClaim().getClaimName())
                .isEqualTo(claim.getMetadata().getName());
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(claim.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(manifests.application())
                .contains("url: jdbc:h2:retry:durable:/data/deprovisioner;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void aClaimThatIsThereIsTaken() {
        var manifests = Chart.render("{persistence: {existingClaim: mine}}");
        assertThat(data(manifests).getPersistentVolumeClaim().getClaimName()).isEqualTo("mine");
        assertThat(manifests.all(PersistentVolumeClaim.class)).isEmpty();
    }

    @Test
    void postgreSqlLetsPodsBeReplacedOneByOneByReadyOnes() {
        var manifests = Chart.render(Chart.POSTGRESQL);
        var deployment = manifests.deployment().getSpec();
        assertThat(deployment.getReplicas()).isEqualTo(3);
        assertThat(deployment.getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(deployment
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isZero();
        assertThat(deployment.getStrategy().getRollingUpdate().getMaxSurge().getIntVal())
                .isEqualTo(1);
        assertThat(manifests.all(PersistentVolumeClaim.class)).isEmpty();
        assertThat(data(manifests).getEmptyDir()).isNotNull();
        assertThat(manifests.pod().getTopologySpreadConstraints()).hasSize(2);
    }

    @Test
    void anAutoscalerAloneSaysHowManyPods() {
        var manifests = Chart.render(Chart.EVERYTHING);
        assertThat(manifests.deployment().getSpec().getReplicas()).isNull();
        var autoscaler = manifests.only(HorizontalPodAutoscaler.class).getSpec();
        assertThat(autoscaler.getScaleTargetRef().getName())
                .isEqualTo(manifests.deployment().getMetadata().getName());
        assertThat(autoscaler.getMinReplicas()).isEqualTo(3);
        assertThat(autoscaler.getMaxReplicas()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{replicaCount: 2}",
                "{autoscaling: {enabled: true}}",
                "{replicaCount: 3, spring: {datasource: {url: 'jdbc:h2:retry:/data/x;WRITE_DELAY=0'}}}"
            })
    void severalPodsNeedPostgreSql(String values) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("More than one pod (replicaCount, autoscaling.enabled) needs PostgreSQL")
                .hasMessageContaining("Set spring.datasource.url to jdbc:postgresql://HOST/DATABASE.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{secrets: {values: {spring.datasource.url: 'jdbc:postgresql://db/x'}}}",
                "{secrets: {existing: [{name: db, keys: {uri: spring.datasource.url}}]}}",
                "{extraEnv: [{name: SPRING_DATASOURCE_URL, value: 'jdbc:postgresql://db/x'}]}"
            })
    void theUrlIsNotHiddenFromTheChart(String values) {
        assertThatThrownBy(() -> Chart.render(values))
                .hasMessageContaining("spring.datasource.url belongs into the values");
    }

    private static Volume data(Manifests manifests) {
        return manifests.pod().getVolumes().stream()
                .filter(volume -> volume.getName().equals("data"))
                .findFirst()
                .orElseThrow();
    }
}
