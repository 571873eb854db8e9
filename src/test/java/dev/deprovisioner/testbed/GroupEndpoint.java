package dev.deprovisioner.testbed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.complex.ETagConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.response.ScimResponse;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.authorize.Authorization;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.schemas.custom.ETagFeature;
import dev.deprovisioner.testbed.ScimServer.Holding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The SCIM protocol for groups (RFC 7644), one request after the other. */
class GroupEndpoint {

    private final ResourceEndpoint endpoint = new ResourceEndpoint(serviceProvider());
    private final InMemoryGroups stored = new InMemoryGroups();

    /** @param path the last segment of the groups' path, with its slash */
    GroupEndpoint(String path) {
        var groups = new GroupEndpointDefinition(stored);
        ((ObjectNode) groups.getResourceType()).put("endpoint", path);
        var features = endpoint.registerEndpoint(groups).getFeatures();
        features.setETagFeature(ETagFeature.builder().enabled(true).build());
    }

    void onWrite(Consumer<Holding> value) {
        stored.onWrite(value);
    }

    /** Synchronized because the SDK compares If-Match and writes in two steps. */
    synchronized Answer answer(String method, String url, Map<String, String> headers, String body) {
        ScimResponse response = endpoint.handleRequest(
                url, HttpMethod.valueOf(method), body, headers, new Context(new AlreadyAuthenticated()));
        return new Answer(
                response.getHttpStatus(), response.getHttpHeaders(), response.isEmpty() ? "" : response.toString());
    }

    private static ServiceProvider serviceProvider() {
        return ServiceProvider.builder()
                .patchConfig(PatchConfig.builder().supported(true).build())
                .eTagConfig(ETagConfig.builder().supported(true).build())
                .authenticationSchemes(List.of(AuthenticationScheme.builder()
                        .name("OAuth Bearer Token")
                        .description("RFC 6750")
                        .type("oauthbearertoken")
                        .build()))
                .lenientContentTypeChecking(true)
                .build();
    }

    /** {@link ScimServer} has looked at the bearer token before. */
    private static final class AlreadyAuthenticated implements Authorization {

        @Override
        public Set<String> getClientRoles() {
            return Set.of();
        }

        @Override
        public boolean authenticate(Map<String, String> headers, Map<String, String> queryParameters) {
            return true;
        }
    }
}
