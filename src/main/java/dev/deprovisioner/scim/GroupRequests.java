package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.Map;
import java.util.Optional;

/** The two requests that read a group. */
final class GroupRequests {

    static final int MAX_GROUP_BYTES = 4 * 1024 * 1024;
    private static final String PERMISSION = "scim:group:read";

    private final Upstream upstream;
    private final ScimProperties properties;

    GroupRequests(Upstream upstream, ScimProperties properties) {
        this.upstream = upstream;
        this.properties = properties;
    }

    GroupResponse ask(GroupId id) {
        return upstream.read(request(id, properties.usualQuery()), response -> answer(response, id));
    }

    /** Empty if the provider refuses the query. */
    Optional<GroupResponse> askForMembers(GroupId id) {
        return upstream.read(
                request(id, ScimProperties.MEMBERS_QUERY),
                response -> response.status() == 400 ? Optional.empty() : Optional.of(answer(response, id)));
    }

    private UpstreamRequest request(GroupId id, String query) {
        return UpstreamRequest.get(
                properties.readPath(query), Map.of(ScimProperties.GROUP_ID, id.value()), MAX_GROUP_BYTES);
    }

    private GroupResponse answer(UpstreamResponse response, GroupId id) {
        return switch (response.status()) {
            case 200 -> GroupJson.parse(response, id);
            case 404, 410 -> EvidenceRules.absence(response, properties.plainNotFound());
            case 403 -> throw Faults.forbidden(response, PERMISSION);
            default -> {
                if (response.isSuccess()) {
                    throw new MalformedResponseException("HTTP " + response.status() + " without a group");
                }
                throw Faults.unexpected(response, "a group read");
            }
        };
    }
}
