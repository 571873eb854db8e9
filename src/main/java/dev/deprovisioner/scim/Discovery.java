package dev.deprovisioner.scim;

import dev.deprovisioner.scim.Discovered.NotShown;
import dev.deprovisioner.scim.Discovered.Shown;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a provider says about its own API (RFC 7644, section 4). Every method throws a
 * {@link dev.deprovisioner.problem.Fault} if the answer cannot be read, or is 403.
 */
@Component
public class Discovery {

    static final String CONFIGURATION = "ServiceProviderConfig";

    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final String GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String UNKNOWN_PATH =
            "no request: deprovisioner.scim.groups-path does not end with /{groupId}";

    private final Upstream upstream;
    private final ScimProperties properties;

    Discovery(Upstream upstream, ScimProperties properties) {
        this.upstream = upstream;
        this.properties = properties;
    }

    /** The features in its {@code ServiceProviderConfig}. */
    public Discovered<ProviderFeatures> features() {
        return discover(CONFIGURATION, config -> Optional.of(ProviderFeatures.of(config)));
    }

    /** When members are in an answer: {@code returned} of the Group's {@code members} in its {@code Schemas}. */
    public Discovered<String> membersReturned() {
        return discover("Schemas", Discovery::membersReturned);
    }

    /** The status with which one page of the groups is answered. It can serve as a control read if it is shown. */
    public Discovered<Integer> collection() {
        return ControlRead.request(properties)
                .map(request -> upstream.read(request, this::collection))
                .orElseGet(() -> new NotShown<>(UNKNOWN_PATH));
    }

    private Discovered<Integer> collection(UpstreamResponse response) {
        if (response.status() == 403) {
            throw PermissionNames.of(List.of(), properties).denied(Permission.LIST_GROUPS, response);
        }
        return EvidenceRules.isControl(response)
                ? new Shown<>(response.status())
                : new NotShown<>(response.errorCode());
    }

    private <T> Discovered<T> discover(String resource, Function<ScimObject, Optional<T>> read) {
        return properties
                .collectionPath()
                .map(collection -> UpstreamRequest.get(beside(collection, resource), Map.of(), MAX_BYTES))
                .map(request -> upstream.read(request, response -> discovered(response, resource, read)))
                .orElseGet(() -> new NotShown<>(UNKNOWN_PATH));
    }

    /** The path of a resource, in lower case where the name of the collection is, as in the API of Genesys Cloud. */
    static String beside(String collection, String resource) {
        int root = collection.lastIndexOf('/') + 1;
        var name = collection.substring(root);
        boolean lowerCase = name.equals(name.toLowerCase(Locale.ROOT));
        return collection.substring(0, root) + (lowerCase ? resource.toLowerCase(Locale.ROOT) : resource);
    }

    private static <T> Discovered<T> discovered(
            UpstreamResponse response, String resource, Function<ScimObject, Optional<T>> read) {
        if (response.status() == 403) {
            throw Faults.forbidden(response, "read " + resource);
        }
        return Optional.of(response)
                .filter(answer -> answer.status() == 200)
                .flatMap(answer -> read.apply(new ScimObject(answer.object())))
                .<Discovered<T>>map(Shown::new)
                .orElseGet(() -> new NotShown<>(response.errorCode()));
    }

    private static Optional<String> membersReturned(ScimObject schemas) {
        return objects(schemas.get("Resources"))
                .filter(schema -> schema.text("id").equalsIgnoreCase(GROUP_SCHEMA))
                .flatMap(schema -> objects(schema.get("attributes")))
                .filter(attribute -> attribute.text("name").equalsIgnoreCase("members"))
                .map(attribute -> attribute.text("returned").toLowerCase(Locale.ROOT))
                .filter(returned -> returned.matches("[a-z]{1,20}"))
                .findFirst();
    }

    private static Stream<ScimObject> objects(JsonNode list) {
        return list.valueStream().map(ScimObject::new);
    }
}
