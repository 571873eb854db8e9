package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are allowed to and from the pods. */
@NeedsHelm
class NetworkPolicyTest {

    @Test
    void bindsBothDirections() {
        assertThat(policy(Chart.render(Chart.MINIMAL)).getPolicyTypes()).containsExactly("Ingress", "Egress");
    }

    @Test
    void letsCallersToTheirPortAndPrometheusToTheOther() {
        var ingress = policy(Chart.render(Chart.EVERYTHING)).getIngress().stream()
                .collect(Collectors.toMap(rule -> text(rule.getPorts()), NetworkPolicyIngressRule::getFrom));
        assertThat(ingress).containsOnlyKeys("http/TCP", "management/TCP");
        assertThat(ingress.get("http/TCP")).singleElement().satisfies(peer -> {
            assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .isEqualTo(Map.of("kubernetes.io/metadata.name", "portals"));
            assertThat(peer.getPodSelector().getMatchLabels()).isEqualTo(Map.of("app", "portal"));
        });
        assertThat(ingress.get("management/TCP"))
                .singleElement()
                .satisfies(peer -> assertThat(peer.getNamespaceSelector().getMatchLabels())
                        .isEqualTo(Map.of("kubernetes.io/metadata.name", "metrics")));
    }

    @Test
    void allowsNoIngressWithoutCallersAndPrometheus() {
        var policy = policy(Chart.render("{networkPolicy: {callers: [], prometheus: []}}"));
        assertThat(policy.getIngress()).isEmpty();
        assertThat(policy.getPolicyTypes()).contains("Ingress");
    }

    @Test
    void letsOutToWhatIsUsedOnly() {
        assertThat(egress(Chart.render(Chart.MINIMAL))).containsExactly("443/TCP", "443/TCP", "53/UDP 53/TCP");
        assertThat(egress(Chart.render(Chart.POSTGRESQL)))
                .containsExactly("443/TCP", "443/TCP", "443/TCP", "5432/TCP", "53/UDP 53/TCP");
        assertThat(egress(Chart.render(Chart.EVERYTHING)))
                .containsExactly(
                        "443/TCP 8443/TCP", "8080/TCP", "9443/TCP", "6432/TCP", "5353/UDP 5353/TCP", "4318/TCP");
    }

    @Test
    void letsOutToThePeersThatAreNamed() {
        assertThat(policy(Chart.render(Chart.EVERYTHING)).getEgress())
                .extracting(NetworkPolicyEgressRule::getTo)
                .allSatisfy(peers -> assertThat(peers).hasSize(1))
                .extracting(List::getFirst)
                .extracting(peer -> peer.getIpBlock() == null
                        ? null
                        : peer.getIpBlock().getCidr() + peer.getIpBlock().getExcept())
                .containsExactly(
                        "203.0.113.0/24[203.0.113.7/32]", null, null, "198.51.100.9/32[]", null, "192.0.2.1/32[]");
    }

    @Test
    void letsNothingOutButToNamedPeersWhereEgressIsClosed() {
        var closed = Chart.render(Chart.CLOSED);
        assertThat(egress(closed)).containsExactly("3128/TCP", "8443/TCP", "3128/TCP", "5432/TCP", "53/UDP 53/TCP");
        assertThat(policy(closed).getEgress())
                .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{secrets: {values: {deprovisioner.webhook.url: 'https://x/?token=y'}}}",
                "{secrets: {existing: [{name: a, keys: {b: deprovisioner.webhook.url}}]}}",
                "{secrets: {existing: [{name: a}]}, networkPolicy: {receiver: {to: [{podSelector: {}}]}}}"
            })
    void letsOutToAReceiverWhoseUrlIsASecret(String values) {
        assertThat(egress(Chart.render(values))).containsExactly("443/TCP", "443/TCP", "443/TCP", "53/UDP 53/TCP");
    }

    @Test
    void canBeLeftOut() {
        assertThat(Chart.render("{networkPolicy: {enabled: false}}").all(NetworkPolicy.class))
                .isEmpty();
    }

    private static NetworkPolicySpec policy(Manifests manifests) {
        return manifests.only(NetworkPolicy.class).getSpec();
    }

    private static List<String> egress(Manifests manifests) {
        return policy(manifests).getEgress().stream()
                .map(rule -> text(rule.getPorts()))
                .toList();
    }

    private static String text(List<NetworkPolicyPort> ports) {
        return ports.stream()
                .map(port -> text(port.getPort()) + "/" + port.getProtocol())
                .collect(Collectors.joining(" "));
    }

    private static String text(IntOrString port) {
        return String.valueOf(port.getValue());
    }
}
