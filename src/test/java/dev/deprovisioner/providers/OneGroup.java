package dev.deprovisioner.providers;

import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group that is there under each id, and before each request as it was before the first. */
final class OneGroup extends NoStore<Group> {

    @Override
    public Group getResource(
            String id,
            @Nullable List<SchemaAttribute> attributes,
            @Nullable List<SchemaAttribute> excludedAttributes,
            Context context) {
        var meta = Meta.builder().resourceType("Group").build();
        meta.setCreated(Instant.EPOCH);
        meta.setLastModified(Instant.EPOCH);
        return Group.builder()
                .id(id)
                .displayName("Sales")
                .members(List.of(Member.builder().value("ann").build()))
                .meta(meta)
                .build();
    }
}
