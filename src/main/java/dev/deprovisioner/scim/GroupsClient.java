package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.Upstream.WriteAnswer;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Reads, empties and deletes groups over SCIM 2.0 (RFC 7644). Every method throws a
 * {@link dev.deprovisioner.problem.Fault} where the provider gives nothing to decide on.
 */
@Component
public class GroupsClient {

    private static final int MAX_GROUP_BYTES = 4 * 1024 * 1024;
    private static final String READ = "scim:group:read";
    private static final String WRITE = "scim:group:write";
    private static final String DELETE = "scim:group:delete";

    private final Upstream upstream;
    private final ScimProperties properties;

    GroupsClient(Upstream upstream, ScimProperties properties) {
        this.upstream = upstream;
        this.properties = properties;
    }

    /**
     * Reads a group with all its members.
     *
     * @param prior what the run knows already
     * @throws dev.deprovisioner.problem.Fault if the provider gave no answer that states anything
     */
    public GroupEvidence read(GroupId id, PriorEvidence prior) {
        return switch (get(id, properties.alwaysAsksForMembers())) {
            case Answer.Complete(GroupEvidence evidence) -> evidence;
            // An absent list is not an empty one until it was asked for.
            case Answer.MembersLeftOut(GroupEvidence.Present group) -> withMembers(group, get(id, true));
        };
    }

    private static GroupEvidence withMembers(GroupEvidence.Present group, Answer answer) {
        return switch (answer) {
            case Answer.Complete(GroupEvidence.Present members) ->
                new GroupEvidence.Present(group.group(), members.members(), group.sentAt());
            case Answer.Complete(GroupEvidence other) -> other;
            case Answer.MembersLeftOut(GroupEvidence.Present empty) -> empty;
        };
    }

    private Answer get(GroupId id, boolean askingForMembers) {
        var path = properties.readPath(askingForMembers && !properties.alwaysAsksForMembers());
        return upstream.read(UpstreamRequest.get(path, variables(id), MAX_GROUP_BYTES), response -> {
            if (response.isAbsent()) {
                return new Answer.Complete(new GroupEvidence.Absent());
            }
            if (response.status() == 403) {
                throw Faults.forbidden(response, READ);
            }
            if (response.status() != 200) {
                throw Faults.unexpected(response, "a group read");
            }
            return GroupJson.parse(response, id, askingForMembers);
        });
    }

    /** Whether the provider is first asked to remove all members at once, without naming them. */
    public boolean removesAllAtOnce() {
        return properties.memberRemoval() == MemberRemovalStyle.ALL;
    }

    /**
     * The requests that remove these members, to be sent in this order.
     *
     * @param byName whether each member is named, also where the provider is first asked to remove all at once
     */
    public List<MemberRemoval> removals(Collection<MemberId> members, boolean byName) {
        return byName || !removesAllAtOnce()
                ? RemovalMatrix.filtered(members, properties.removalBatchSize())
                : RemovalMatrix.all(members);
    }

    /**
     * Removes members.
     *
     * @param lastCheck is told at the last moment how long the request may take, and throws if that is too long
     */
    public GroupChange remove(GroupId id, MemberRemoval removal, @Nullable String etag, Consumer<Duration> lastCheck) {
        var request = new UpstreamRequest(
                HttpMethod.PATCH,
                properties.groupsPath(),
                variables(id),
                removal.body(),
                MediaType.parseMediaType(properties.mediaType()),
                etag,
                MAX_GROUP_BYTES);
        return change(request, lastCheck, WRITE, "the removal of members");
    }

    /** Whether the provider is told with the deletion of a group which version of it is meant, if there are versions. */
    public boolean deletesByVersion() {
        return properties.deletesOverScim();
    }

    /**
     * Deletes a group.
     *
     * @param lastCheck is told at the last moment how long the request may take, and throws if that is too long
     */
    public GroupChange delete(GroupId id, @Nullable String etag, Consumer<Duration> lastCheck) {
        var request = new UpstreamRequest(
                HttpMethod.DELETE,
                properties.deletePath(),
                variables(id),
                null,
                null,
                properties.deletesOverScim() ? etag : null,
                MAX_GROUP_BYTES);
        return change(request, lastCheck, DELETE, "the deletion");
    }

    private GroupChange change(UpstreamRequest request, Consumer<Duration> lastCheck, String permission, String what) {
        return switch (upstream.write(request, lastCheck)) {
            case WriteAnswer.Unknown(Problem problem, Duration notBefore) ->
                new GroupChange.Unknown(problem, notBefore);
            case WriteAnswer.Answered(UpstreamResponse response) -> sorted(response, permission, what);
        };
    }

    private static GroupChange sorted(UpstreamResponse response, String permission, String what) {
        if (response.isSuccess()) {
            return new GroupChange.Accepted(response.etag());
        }
        if (response.isAbsent()) {
            return new GroupChange.Absent();
        }
        return switch (response.status()) {
            case 403 -> throw Faults.forbidden(response, permission);
            case 409 -> new GroupChange.Conflict(response.errorCode(), response.errorWords(), false);
            case 412 -> versionConflict(response);
            case 400 ->
                switch (response.scimType()) {
                    case "noTarget" -> new GroupChange.NothingToDo();
                    case "invalidVers" -> versionConflict(response);
                    default -> throw Faults.unexpected(response, what);
                };
            default -> throw Faults.unexpected(response, what);
        };
    }

    private static GroupChange versionConflict(UpstreamResponse response) {
        return new GroupChange.VersionConflict(new Problem(
                ProblemType.GROUP_CHANGED,
                "Somebody else changed the group meanwhile (" + response.errorCode() + ").",
                "Find out what else changes the group, stop it, and post again.",
                response.errorWords()));
    }

    private static Map<String, String> variables(GroupId id) {
        return Map.of(ScimProperties.GROUP_ID, id.value());
    }

    /** One answer to a group read. */
    sealed interface Answer {

        record Complete(GroupEvidence evidence) implements Answer {}

        /** The group without its members, which may only mean that the provider lists them on demand. */
        record MembersLeftOut(GroupEvidence.Present group) implements Answer {}
    }
}
