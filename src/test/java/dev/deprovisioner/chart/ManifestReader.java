package dev.deprovisioner.chart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Reads manifests into the types of the Kubernetes API, and refuses fields that these types do not have. */
final class ManifestReader {

    private static final Map<String, Class<? extends HasMetadata>> TYPES = Stream.of(
                    ConfigMap.class,
                    Deployment.class,
                    HTTPRoute.class,
                    HorizontalPodAutoscaler.class,
                    Ingress.class,
                    NetworkPolicy.class,
                    PersistentVolumeClaim.class,
                    PodDisruptionBudget.class,
                    PrometheusRule.class,
                    Secret.class,
                    Service.class,
                    ServiceAccount.class,
                    ServiceMonitor.class)
            .collect(Collectors.toMap(
                    type -> HasMetadata.getApiVersion(type) + " " + HasMetadata.getKind(type), Function.identity()));

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new NoPlaceForTheUnknown())
            .build();

    private ManifestReader() {}

    static Manifests read(String manifests) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Manifests(
                StreamSupport.stream(new Yaml(options).loadAll(manifests).spliterator(), false)
                        .filter(Objects::nonNull)
                        .map(document -> readOne((Map<?, ?>) document))
                        .toList());
    }

    private static HasMetadata readOne(Map<?, ?> manifest) {
        var kind = manifest.get("apiVersion") + " " + manifest.get("kind");
        var type = Objects.requireNonNull(TYPES.get(kind), kind);
        return STRICT.convertValue(manifest, type);
    }

    /** The types keep what they do not know in a map, or ignore it; so does the API server without strict validation. */
    private static final class NoPlaceForTheUnknown extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
