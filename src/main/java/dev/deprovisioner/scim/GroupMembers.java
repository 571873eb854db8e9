package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.MemberProblems;

/** The member list of the group itself. */
record GroupMembers(ScimProperties properties, GroupRequests requests, MemberListing listing, EmptyLists emptyLists)
        implements MemberSource {

    /** An absent list is not an empty one until it was asked for (RFC 7643, section 2.5). */
    @Override
    public GroupEvidence members(GroupId id, PriorEvidence prior, GroupResponse.Shown shown) {
        return shown.members().leftOut() && !properties.alwaysAsksForMembers()
                ? askedFor(id, prior, shown)
                : evidence(prior, shown, properties.usualQuery());
    }

    private GroupEvidence askedFor(GroupId id, PriorEvidence prior, GroupResponse.Shown plain) {
        var answer = requests.askForMembers(id, prior.mostMembers());
        if (answer.isEmpty()) {
            var refused = new MemberEvidence.NotListed(MemberProblems.membersNotListed(ScimProperties.MEMBERS_QUERY));
            var members = EvidenceRules.members(plain.members(), empty -> refused);
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
        var group = shown.group();
        var members = EvidenceRules.members(
                shown.members(),
                empty -> prior.membersListed() ? empty : emptyLists.judge(empty, group.id(), prior, query));
        return new GroupEvidence.Present(group, members, shown.sentAt());
    }
}
