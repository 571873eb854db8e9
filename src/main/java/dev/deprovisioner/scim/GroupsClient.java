package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.scim.ChangeResponses.Change;
import dev.deprovisioner.upstream.ProviderIdentity;
import dev.deprovisioner.upstream.SendGuard;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Reads, empties and deletes groups over SCIM 2.0 (RFC 7644). Every method throws a
 * {@link dev.deprovisioner.problem.Fault} where the provider gives nothing to decide on.
 */
@Component
public class GroupsClient {

    private static final Logger log = LoggerFactory.getLogger(GroupsClient.class);

    private final Upstream upstream;
    private final PermissionNames permissions;
    private final ScimProperties properties;
    private final GroupReads reads;
    private final ReadSettings readSettings;
    private final WeakVersions weakVersions = new WeakVersions();

    GroupsClient(Upstream upstream, ProviderIdentity provider, ScimProperties properties, GroupReads reads) {
        this.upstream = upstream;
        this.permissions = PermissionNames.of(provider.scopes(), properties);
        this.properties = properties;
        this.reads = reads;
        this.readSettings = ReadSettings.of(provider, properties);
    }

    /**
     * Reads a group with all its members.
     *
     * @param prior what the run knows already
     * @throws dev.deprovisioner.problem.Fault if the provider gave no answer that states anything
     * @throws org.springframework.dao.DataAccessException if the database does not say whether members are listed
     */
    public GroupEvidence read(GroupId id, PriorEvidence prior) {
        return reads.read(id, prior);
    }

    /**
     * Why one answer of this provider does not prove that a group is absent; empty if it does.
     *
     * @param nonexistent an id that no group has
     */
    public Optional<Problem> doubtOfAbsence(GroupId nonexistent) {
        return reads.doubtOfAbsence(nonexistent);
    }

    /** Where members are read, in the word of the setting, such as {@code users-filter}. */
    public String membersSource() {
        return properties.membersSource().word();
    }

    /** The settings under which groups are read. */
    public ReadSettings readSettings() {
        return readSettings;
    }

    /** How long the provider may take to show the effect of an accepted change. */
    public Duration settleTime() {
        return properties.settleTime();
    }

    /**
     * The requests that remove these members, to be sent in this order.
     *
     * @param byName whether each member is named, also where the provider is first asked to remove all at once
     */
    public List<MemberRemoval> removals(Collection<MemberId> members, boolean byName) {
        var style = properties.memberRemoval();
        return RemovalMatrix.of(byName ? style.naming() : style, members, properties.removalBatchSize());
    }

    /**
     * Removes members.
     *
     * @param guard checked at the last moment
     */
    public GroupChange remove(GroupId id, MemberRemoval removal, @Nullable String etag, SendGuard guard) {
        var request = new UpstreamRequest(
                HttpMethod.PATCH,
                properties.groupsPath(),
                variables(id),
                removal.body(),
                MediaType.parseMediaType(properties.mediaType()),
                weakVersions.usable(id, etag),
                GroupRequests.MAX_GROUP_BYTES,
                guard);
        return change(id, request, removal.named() ? Change.REMOVAL_BY_NAME : Change.REMOVAL_OF_ALL);
    }

    /** Whether the deletion of a group names its version, if there are versions. */
    public boolean deletesByVersion() {
        return properties.deletesOverScim();
    }

    /** Whether groups are deleted in the API that is the second evidence for them, and not over SCIM. */
    public boolean deletesInOwnApi() {
        return properties.deletePath().equals(properties.nativeGroupPath());
    }

    /**
     * Deletes a group.
     *
     * @param guard checked at the last moment
     */
    public GroupChange delete(GroupId id, @Nullable String etag, SendGuard guard) {
        var request = new UpstreamRequest(
                HttpMethod.DELETE,
                properties.deletePath(),
                variables(id),
                null,
                null,
                properties.deletesOverScim() ? weakVersions.usable(id, etag) : null,
                GroupRequests.MAX_GROUP_BYTES,
                guard);
        return change(id, request, Change.DELETION);
    }

    private GroupChange change(GroupId id, UpstreamRequest request, Change change) {
        return switch (upstream.write(request)) {
            case WriteResult.Unknown(Problem problem, Duration notBefore) ->
                new GroupChange.Unknown(problem, notBefore);
            case WriteResult.Answered(UpstreamResponse response) -> {
                logTransaction(response);
                var answered = ChangeResponses.of(response, change, request.ifMatch() != null, permissions);
                weakVersions.note(id, request.ifMatch(), answered);
                yield answered;
            }
        };
    }

    /** A provider that defers a change may name it (RFC 9967), for its operator to look up. */
    private static void logTransaction(UpstreamResponse response) {
        var transaction = response.headers().getFirst("Set-Txn");
        if (transaction != null && transaction.matches("[\\x21-\\x7e]{1,128}")) {
            log.info("Change accepted: HTTP {}, transaction {}", response.status(), transaction);
        }
    }

    private static Map<String, String> variables(GroupId id) {
        return Map.of(ScimProperties.GROUP_ID, id.value());
    }
}
