package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.ProviderIdentity;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.Map;
import java.util.Optional;

/** The two requests that read a group. */
final class GroupRequests {

    static final int MAX_GROUP_BYTES = 4 * 1024 * 1024;
    private static final int MAX_GROUP_MEBIBYTES = MAX_GROUP_BYTES / (1024 * 1024);

    private final Upstream upstream;
    private final PermissionNames permissions;
    private final ScimProperties properties;

    GroupRequests(Upstream upstream, ProviderIdentity provider, ScimProperties properties) {
        this.upstream = upstream;
        this.permissions = PermissionNames.of(provider.scopes(), properties);
        this.properties = properties;
    }

    /** @param mostMembers an answer that is too long is used if its beginning lists more members in the group itself */
    GroupResponse ask(GroupId id, int mostMembers) {
        return upstream.read(request(id, properties.usualQuery()), response -> answer(response, id, mostMembers));
    }

    /**
     * As {@link #ask}, with a query for members.
     *
     * @return empty if the provider refuses the query
     */
    Optional<GroupResponse> askForMembers(GroupId id, int mostMembers) {
        return upstream.read(
                request(id, ScimProperties.MEMBERS_QUERY),
                response ->
                        response.status() == 400 ? Optional.empty() : Optional.of(answer(response, id, mostMembers)));
    }

    private UpstreamRequest request(GroupId id, String query) {
        return UpstreamRequest.getBeginning(
                properties.readPath(query), Map.of(ScimProperties.GROUP_ID, id.value()), MAX_GROUP_BYTES);
    }

    private GroupResponse answer(UpstreamResponse response, GroupId id, int mostMembers) {
        return switch (response.status()) {
            case 200 -> response.isCut() ? tooLong(response, id, mostMembers) : GroupJson.parse(response, id);
            case 404, 410 -> EvidenceRules.absence(response, properties.plainNotFound());
            case 400 -> throw refused(response, properties.usualQuery());
            case 403 -> throw permissions.denied(Permission.READ_GROUPS, response);
            default -> {
                if (response.isSuccess()) {
                    throw new MalformedResponseException("HTTP " + response.status() + " without a group");
                }
                throw unexpected(response);
            }
        };
    }

    /** The beginning shows only that the group has more members than it may have. */
    private GroupResponse tooLong(UpstreamResponse response, GroupId id, int mostMembers) {
        return GroupJson.parseBeginning(response, id)
                .filter(group -> properties.membersSource() == ScimProperties.MembersSource.GROUP)
                .filter(group -> group.members().shown().size() > mostMembers)
                .orElseThrow(() -> Faults.inconclusive(response, UpstreamProblems.groupTooLarge(MAX_GROUP_MEBIBYTES)));
    }

    /** The query of the settings is the likely reason, if there is one. */
    private static Fault refused(UpstreamResponse response, String query) {
        return query.isEmpty() ? unexpected(response) : Faults.readQueryRefused(response, query);
    }

    private static Fault unexpected(UpstreamResponse response) {
        return Faults.unexpected(response, "a group read");
    }
}
