package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads groups in the provider's own API, as a second evidence: a group is empty or gone only if both APIs say so. Without a
 * path for it, SCIM alone decides.
 */
final class NativeGroups {

    private static final int MAX_BYTES = 1024 * 1024;

    private final Upstream upstream;
    private final ScimProperties properties;
    private final @Nullable String path;

    NativeGroups(Upstream upstream, ScimProperties properties) {
        this.upstream = upstream;
        this.properties = properties;
        this.path = properties.nativeGroupPath();
    }

    private sealed interface Answer {}

    /** @param sentAt when the request was sent, by the monotonic clock, in nanoseconds */
    private record Shown(NativeGroup group, long sentAt) implements Answer {}

    private record Gone() implements Answer {}

    private record Doubtful(Problem problem) implements Answer {}

    /**
     * What both APIs prove.
     *
     * @param overScim what SCIM proves of the group
     * @throws dev.deprovisioner.problem.Fault if the own API gave no answer that states anything
     */
    GroupEvidence confirm(GroupId id, GroupEvidence overScim) {
        if (path == null) {
            return overScim;
        }
        return switch (overScim) {
            case GroupEvidence.Present present -> confirmPresent(path, present);
            case GroupEvidence.Absent absent -> confirmAbsent(path, id);
            case GroupEvidence.OnlyInOwnApi known -> known;
            case GroupEvidence.Unproven unproven -> unproven;
        };
    }

    private GroupEvidence confirmPresent(String path, GroupEvidence.Present scim) {
        return switch (read(path, scim.group().id())) {
            case Shown(var group, var sentAt) ->
                new GroupEvidence.Present(
                        scim.group(), group.memberCount().confirm(scim.members()), scim.sentAt(), group);
            case Gone gone -> new GroupEvidence.Unproven(RunProblems.groupOnlyOverScim());
            case Doubtful(var problem) -> new GroupEvidence.Unproven(problem);
        };
    }

    private GroupEvidence confirmAbsent(String path, GroupId id) {
        return switch (read(path, id)) {
            case Shown(var group, var sentAt) ->
                new GroupEvidence.OnlyInOwnApi(group, sentAt, RunProblems.groupNotOverScim());
            case Gone gone -> new GroupEvidence.Absent();
            case Doubtful(var problem) -> new GroupEvidence.Unproven(problem);
        };
    }

    private Answer read(String path, GroupId id) {
        var request = UpstreamRequest.getOther(path, Map.of(ScimProperties.GROUP_ID, id.value()), MAX_BYTES);
        return upstream.read(request, response -> answer(response, id));
    }

    private Answer answer(UpstreamResponse response, GroupId id) {
        return switch (response.status()) {
            case 200 ->
                NativeGroupJson.parse(response, id)
                        .<Answer>map(group -> new Shown(group, response.sentAt()))
                        .orElseGet(Gone::new);
            case 404, 410 -> absent(response);
            case 403 -> throw PermissionNames.of(List.of(), properties).denied(Permission.VIEW_NATIVE_GROUPS, response);
            default -> {
                if (response.isSuccess()) {
                    throw new MalformedResponseException("HTTP " + response.status() + " without a group");
                }
                throw Faults.unexpected(response, "a read of the native group");
            }
        };
    }

    private Answer absent(UpstreamResponse response) {
        return switch (EvidenceRules.absence(response, properties.plainNotFound())) {
            case GroupResponse.Doubtful(var form, var problem) -> new Doubtful(problem);
            case GroupResponse.Gone gone -> new Gone();
            case GroupResponse.Shown shown -> throw new IllegalStateException("an absence shows a group");
        };
    }
}
