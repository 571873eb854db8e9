package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.UpstreamResponse;

/**
 * The users whose {@code groups} have the group. Nested groups are members too if the group's own answer lists them. If that
 * answer lists a user that the filter does not find, the filter is incomplete.
 */
record UsersFilter(UserQueries users, MemberListing listing) implements MemberSource {

    @Override
    public GroupEvidence members(GroupId id, PriorEvidence prior, GroupResponse.Shown shown) {
        var group = shown.group();
        var members = switch (users.inGroup(group.id(), prior.mostMembers())) {
            case UserQueries.Refused(var response) -> refused(response);
            case UserQueries.Found(var list) -> evidence(prior, list, shown.members());
        };
        return new GroupEvidence.Present(group, members, shown.sentAt());
    }

    private MemberEvidence evidence(PriorEvidence prior, MemberList list, MemberList ofGroup) {
        if (!list.shown().isEmpty()) {
            listing.record();
        }
        return EvidenceRules.members(
                list.completedBy(ofGroup), empty -> prior.membersListed() || listing.isKnown() ? empty : notListed());
    }

    /** A provider without this filter does not show members in this way. */
    private static MemberEvidence refused(UpstreamResponse response) {
        return switch (response.status()) {
            case 400, 501 -> notListed();
            case 403 -> throw Faults.forbidden(response, "to list users");
            default -> throw Faults.unexpected(response, "a user search");
        };
    }

    private static MemberEvidence notListed() {
        return new MemberEvidence.NotListed(RunProblems.membersNotListed(UserQueries.FILTER));
    }
}
