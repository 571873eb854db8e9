package dev.deprovisioner.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteTimeouts;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Callers come in from outside to their port only, and Prometheus and Grafana find what is theirs. */
@NeedsHelm
class ReachTest {

    private static final String RUNBOOKS = "https://git.example.com/scim-deprovisioner/";

    private final Manifests manifests = Chart.render(Chart.EVERYTHING);

    @Test
    void anIngressLeadsToTheServiceForCallers() {
        var ingress = manifests.only(Ingress.class).getSpec();
        assertThat(ingress.getTls())
                .singleElement()
                .satisfies(tls -> assertThat(tls.getHosts()).containsExactly("groups.example.com"));
        assertThat(ingress.getRules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.getHttp().getPaths())
                        .singleElement()
                        .satisfies(path -> {
                            var backend = path.getBackend().getService();
                            var service = manifests.service(false);
                            assertThat(backend.getName())
                                    .isEqualTo(service.getMetadata().getName());
                            assertThat(backend.getPort().getName())
                                    .isEqualTo(service.getSpec()
                                            .getPorts()
                                            .getFirst()
                                            .getName());
                        }));
    }

    @Test
    void aRouteLeadsToTheServiceForCallers() {
        var route = manifests.only(HTTPRoute.class).getSpec();
        assertThat(route.getParentRefs())
                .singleElement()
                .satisfies(parent -> assertThat(parent.getName()).isEqualTo("public"));
        assertThat(route.getRules().getFirst().getBackendRefs()).singleElement().satisfies(backend -> {
            var service = manifests.service(false);
            assertThat(backend.getName()).isEqualTo(service.getMetadata().getName());
            assertThat(backend.getPort())
                    .isEqualTo(service.getSpec().getPorts().getFirst().getPort());
        });
    }

    @Test
    void aRouteHasATimeoutUnlessTheGatewayRefusesOne() {
        assertThat(timeout("75s").getRequest()).isEqualTo("75s");
        assertThat(manifests
                        .only(HTTPRoute.class)
                        .getSpec()
                        .getRules()
                        .getFirst()
                        .getTimeouts()
                        .getRequest())
                .isEqualTo("90s");
        assertThat(timeout("\"\"")).isNull();
        assertThat(timeout("null")).isNull();
    }

    private static HTTPRouteTimeouts timeout(String value) {
        return Chart.render("{httpRoute: {enabled: true, parentRefs: [{name: public}], requestTimeout: %s}}"
                        .formatted(value))
                .only(HTTPRoute.class)
                .getSpec()
                .getRules()
                .getFirst()
                .getTimeouts();
    }

    @Test
    void theManagementPortIsOnNoServiceThatReachesBeyondTheCluster() {
        assertThat(manifests.service(false).getSpec().getType()).isEqualTo("LoadBalancer");
        assertThat(manifests.service(true).getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(manifests.service(false).getSpec().getPorts()).hasSize(1);
    }

    @Test
    void theMonitorSelectsTheManagementServiceOnly() {
        var monitor = manifests.only(ServiceMonitor.class).getSpec();
        var selector = monitor.getSelector().getMatchLabels().entrySet();
        assertThat(manifests.service(true).getMetadata().getLabels().entrySet()).containsAll(selector);
        assertThat(manifests.service(false).getMetadata().getLabels().entrySet().containsAll(selector))
                .isFalse();
        assertThat(monitor.getEndpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.getPort())
                    .isEqualTo(manifests
                            .service(true)
                            .getSpec()
                            .getPorts()
                            .getFirst()
                            .getName());
            assertThat(endpoint.getPath()).isEqualTo("/actuator/prometheus");
            assertThat(endpoint.getInterval()).isEqualTo("15s");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"groups-out", "scim-deprovisioner", "my-scim-deprovisioner-2"})
    void theRulesAndTheMonitorMeanTheSameJob(String name) throws IOException {
        var values = "{fullnameOverride: %s, nameOverride: other, serviceMonitor: {enabled: true}}".formatted(name);
        var job = Chart.render(values)
                .only(ServiceMonitor.class)
                .getSpec()
                .getEndpoints()
                .getFirst()
                .getRelabelings()
                .getFirst();
        assertThat(job.getTargetLabel()).isEqualTo("job");
        assertThat(job.getReplacement()).contains(name);
        var asked = Pattern.compile("job=~\"(.+?)\"")
                .matcher(Files.readString(Chart.DIRECTORY.resolve("rules/alerts.yml")))
                .results()
                .toList();
        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(pattern -> assertThat(job.getReplacement()).matches(pattern.group(1)));
    }

    @Test
    void onlyThePortForCallersSpeaksTlsWhereItIsSet() {
        var tls = Chart.render("{server: {ssl: {bundle: internal}}}");
        assertThat(appProtocol(tls.service(false))).isEqualTo("https");
        assertThat(appProtocol(tls.service(true))).isEqualTo("http");
        assertThat(appProtocol(manifests.service(false))).isEqualTo("http");
        Map<String, Map<String, Object>> application = new Yaml().load(tls.application());
        assertThat(application.get("management")).containsEntry("server", Map.of("ssl", Map.of("enabled", false)));
        assertThat(application.get("server")).containsEntry("ssl", Map.of("bundle", "internal"));
    }

    private static String appProtocol(Service service) {
        return service.getSpec().getPorts().getFirst().getAppProtocol();
    }

    @Test
    void theRulesAreThoseOfTheFile() throws IOException {
        var file = Files.readString(Chart.DIRECTORY.resolve("rules/alerts.yml"));
        var expected = (Map<?, ?>) new Yaml().load(file.replace("runbook_url: ", "runbook_url: " + RUNBOOKS));
        var rule = manifests.only(PrometheusRule.class);
        assertThat(rule.getMetadata().getLabels()).containsEntry("release", "prometheus");
        var groups = new ObjectMapper().convertValue(rule.getSpec(), Map.class).getOrDefault("groups", List.of());
        assertThat(groups).isEqualTo(expected.get("groups"));
    }

    @Test
    void theDashboardsAreThoseOfTheFiles() throws IOException {
        var name = "scim-deprovisioner.json";
        var map = manifests.all(ConfigMap.class).stream()
                .filter(candidate -> candidate.getData().containsKey(name))
                .findFirst()
                .orElseThrow();
        assertThat(map.getMetadata().getLabels()).containsEntry("grafana_dashboard", "yes");
        assertThat(map.getMetadata().getAnnotations()).containsEntry("grafana_folder", "Identity");
        assertThat(map.getData())
                .containsOnlyKeys(name)
                .containsEntry(name, Files.readString(Chart.DIRECTORY.resolve("dashboards/" + name)));
    }
}
