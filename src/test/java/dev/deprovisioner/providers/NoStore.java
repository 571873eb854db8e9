package dev.deprovisioner.providers;

import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resources of which the SDK only needs the schema, to check requests. */
abstract class NoStore<T extends ResourceNode> extends ResourceHandler<T> {

    @Override
    public T getResource(
            String id,
            @Nullable List<SchemaAttribute> attributes,
            @Nullable List<SchemaAttribute> excludedAttributes,
            Context context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public T updateResource(T resource, Context context) {
        return resource;
    }

    @Override
    public T createResource(T resource, Context context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PartialListResponse<T> listResources(
            long startIndex,
            int count,
            @Nullable FilterNode filter,
            @Nullable SchemaAttribute sortBy,
            @Nullable SortOrder sortOrder,
            @Nullable List<SchemaAttribute> attributes,
            @Nullable List<SchemaAttribute> excludedAttributes,
            Context context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteResource(String id, Context context) {
        throw new UnsupportedOperationException();
    }
}
