package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.Upstream;
import dev.deprovisioner.upstream.UpstreamRequest;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sends the reads that it takes to say what is known of a group. {@link EvidenceRules} decides what they prove. */
@Component
class GroupReads {

    static final int MAX_GROUP_BYTES = 4 * 1024 * 1024;
    private static final String PERMISSION = "scim:group:read";

    private final Upstream upstream;
    private final ScimProperties properties;
    private final MemberListing listing;
    private final ControlRead control;

    GroupReads(Upstream upstream, ScimProperties properties, MemberListing listing) {
        this.upstream = upstream;
        this.properties = properties;
        this.listing = listing;
        this.control = new ControlRead(upstream, properties);
    }

    /**
     * @throws dev.deprovisioner.problem.Fault if the provider gave no answer that states anything
     * @throws org.springframework.dao.DataAccessException if the database does not say whether members are listed
     */
    GroupEvidence read(GroupId id, PriorEvidence prior) {
        return switch (ask(id)) {
            case GroupResponse.Shown shown -> present(id, prior, shown);
            case GroupResponse.Gone gone -> new GroupEvidence.Absent();
            case GroupResponse.Doubtful first -> secondLook(id, prior, first);
        };
    }

    /** Only while the provider itself answers, a second answer says more than the first. */
    private GroupEvidence secondLook(GroupId id, PriorEvidence prior, GroupResponse.Doubtful first) {
        if (!control.isAnswered(prior)) {
            return new GroupEvidence.Unproven(first.problem());
        }
        return switch (ask(id)) {
            case GroupResponse.Shown shown -> present(id, prior, shown);
            case GroupResponse.Gone gone -> new GroupEvidence.Absent();
            case GroupResponse.Doubtful second -> EvidenceRules.repeated(first, second);
        };
    }

    /** An absent list is not an empty one until it was asked for (RFC 7643, section 2.5). */
    private GroupEvidence present(GroupId id, PriorEvidence prior, GroupResponse.Shown shown) {
        return shown.members().leftOut() && !properties.alwaysAsksForMembers()
                ? withMembersAskedFor(id, prior, shown)
                : evidence(prior, shown, properties.usualQuery());
    }

    private GroupEvidence withMembersAskedFor(GroupId id, PriorEvidence prior, GroupResponse.Shown plain) {
        var answer = askForMembers(id);
        if (answer.isEmpty()) {
            var members = EvidenceRules.members(plain.members(), ScimProperties.MEMBERS_QUERY, () -> false);
            return new GroupEvidence.Present(plain.group(), members, plain.sentAt());
        }
        return switch (answer.get()) {
            case GroupResponse.Shown named -> evidence(prior, plain.withMembersOf(named), ScimProperties.MEMBERS_QUERY);
            case GroupResponse.Gone gone -> new GroupEvidence.Absent();
            case GroupResponse.Doubtful doubtful -> new GroupEvidence.Unproven(doubtful.problem());
        };
    }

    private GroupEvidence evidence(PriorEvidence prior, GroupResponse.Shown shown, String query) {
        if (!shown.members().shown().isEmpty()) {
            listing.record();
        }
        var members = EvidenceRules.members(shown.members(), query, () -> prior.membersListed() || listing.isKnown());
        return new GroupEvidence.Present(shown.group(), members, shown.sentAt());
    }

    private GroupResponse ask(GroupId id) {
        return upstream.read(request(id, properties.usualQuery()), response -> answer(response, id));
    }

    /** Empty if the provider refuses the query. */
    private Optional<GroupResponse> askForMembers(GroupId id) {
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
