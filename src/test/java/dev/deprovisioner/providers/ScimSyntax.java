package dev.deprovisioner.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.request.PatchOpRequest;
import de.captaingoldfish.scim.sdk.common.request.PatchRequestOperation;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.AttributeExpressionLeaf;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.schemas.ResourceType;
import de.captaingoldfish.scim.sdk.server.utils.RequestUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Reads requests with the parsers of the SCIM SDK, which share nothing with the service. */
final class ScimSyntax {

    private static final String MEMBERS = "members";

    private final ResourceEndpoint endpoint = new ResourceEndpoint(serviceProvider());
    private final ResourceType groups = endpoint.registerEndpoint(new GroupEndpointDefinition(new OneGroup()));
    private final ResourceType users = endpoint.registerEndpoint(new UserEndpointDefinition(new NoUsers()));

    /** A comparison of an attribute with a string for equality. */
    record Equality(String attribute, String value) {}

    /** @throws RuntimeException of the SDK if it is no filter for users, or another one than a single equality */
    Equality userFilter(String filter) {
        var literals = StringLiterals.of(filter);
        return equality(RequestUtils.parseFilter(users, literals.text()), literals);
    }

    /** @throws RuntimeException of the SDK if an attribute is unknown */
    void requireGroupAttributes(String attributes) {
        RequestUtils.getAttributes(groups, attributes);
    }

    /** @throws RuntimeException of the SDK if the body is no PATCH whose operations remove members */
    List<Removal> removals(String body) {
        return operations(body).stream().map(this::removal).toList();
    }

    /** What a server that follows the RFC answers to a PATCH: its status. Ids are replaced, as the SDK ends them at a quote. */
    int statusOfPatch(String body, Map<String, String> headers) {
        var request = JsonHelper.readJsonDocument(body, PatchOpRequest.class);
        var operations = request.getOperations();
        operations.forEach(ScimSyntax::replaceIds);
        request.setOperations(operations);
        return endpoint.handleRequest(
                        "http://provider/Groups/1",
                        HttpMethod.PATCH,
                        request.toString(),
                        new HashMap<>(headers),
                        new Context(new Anonymous()))
                .getHttpStatus();
    }

    private static void replaceIds(PatchRequestOperation operation) {
        operation
                .getPath()
                .ifPresent(path -> operation.setPath(StringLiterals.of(path).text()));
        operation.getValueNode().ifPresent(list -> list.forEach(member -> ((ObjectNode) member).put("value", "u1")));
    }

    private Removal removal(PatchRequestOperation operation) {
        var path = StringLiterals.of(operation.getPath().orElse(MEMBERS));
        var root = RequestUtils.parsePatchPath(groups, path.text());
        if (root.isWithFilter()) {
            return new Removal(
                    RemovalForm.FILTERED,
                    List.of(equality(root.getChild(), path).value()));
        }
        var values = operation.getValueNode().stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(member -> member.get("value").textValue())
                .toList();
        return new Removal(values.isEmpty() ? RemovalForm.ALL : RemovalForm.VALUES, values);
    }

    private static List<PatchRequestOperation> operations(String body) {
        return JsonHelper.readJsonDocument(body, PatchOpRequest.class).getOperations();
    }

    private static Equality equality(FilterNode node, StringLiterals literals) {
        if (node instanceof AttributeExpressionLeaf leaf && leaf.getComparator() == Comparator.EQ) {
            return new Equality(leaf.getShortName(), literals.value(leaf.getValue()));
        }
        throw new IllegalArgumentException("No single equality: " + node);
    }

    private static ServiceProvider serviceProvider() {
        return ServiceProvider.builder()
                .patchConfig(PatchConfig.builder().supported(true).build())
                .authenticationSchemes(List.of(AuthenticationScheme.builder()
                        .name("OAuth Bearer Token")
                        .description("RFC 6750")
                        .type("oauthbearertoken")
                        .build()))
                .build();
    }
}
