package dev.deprovisioner.testbed;

import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.etag.ETag;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import dev.deprovisioner.testbed.ScimServer.Holding;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the groups of a {@link ScimServer}: each write gives a group a version that no group had before. */
class InMemoryGroups extends ResourceHandler<Group> {

    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private volatile Consumer<Holding> hook = holding -> {};

    void onWrite(Consumer<Holding> value) {
        hook = value;
    }

    @Override
    public Group createResource(Group group, Context context) {
        group.setId(UUID.randomUUID().toString());
        meta(group).setCreated(Instant.now());
        return store(group);
    }

    @Override
    public @Nullable Group getResource(
            String id,
            @Nullable List<SchemaAttribute> attributes,
            @Nullable List<SchemaAttribute> excludedAttributes,
            Context context) {
        Group group = groups.get(id);
        return group == null ? null : copyOf(group);
    }

    @Override
    public PartialListResponse<Group> listResources(
            long startIndex,
            int count,
            @Nullable FilterNode filter,
            @Nullable SchemaAttribute sortBy,
            @Nullable SortOrder sortOrder,
            @Nullable List<SchemaAttribute> attributes,
            @Nullable List<SchemaAttribute> excludedAttributes,
            Context context) {
        List<Group> page = groups.values().stream()
                .sorted(Comparator.comparing(group -> group.getId().orElseThrow()))
                .skip(startIndex - 1)
                .limit(count)
                .map(InMemoryGroups::copyOf)
                .toList();
        return PartialListResponse.<Group>builder()
                .resources(page)
                .totalResults(groups.size())
                .build();
    }

    @Override
    public Group updateResource(Group group, Context context) {
        return store(group);
    }

    @Override
    public void deleteResource(String id, Context context) {
        if (groups.remove(id) == null) {
            throw new ResourceNotFoundException("The group '" + id + "' does not exist.");
        }
        hook.accept(new Holding(id, false, Set.of()));
    }

    private Group store(Group group) {
        Meta meta = meta(group);
        meta.setLastModified(Instant.now());
        // The SDK keeps a version that is there, and If-Match would go on matching after the write.
        meta.setVersion(ETag.builder()
                .weak(true)
                .tag(Long.toString(versions.incrementAndGet()))
                .build());
        String id = group.getId().orElseThrow();
        groups.put(id, copyOf(group));
        hook.accept(new Holding(id, true, members(group)));
        return group;
    }

    private static Set<String> members(Group group) {
        return group.getMembers().stream()
                .map(member -> member.getValue().orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Meta meta(Group group) {
        return group.getMeta().orElseThrow();
    }

    /** The SDK patches what it is given in place, also when it refuses the request afterwards. */
    private static Group copyOf(Group group) {
        return JsonHelper.readJsonDocument(group.toString(), Group.class);
    }
}
