package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.upstream.Faults;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;

/**
 * The users whose {@code groups} have the group. Nested groups are members too if the group's own answer lists them. If that
 * answer lists a user that the filter does not find, the filter is incomplete.
 */
record UsersFilter(UserQueries users, MemberListing listing, boolean visibleByGroup) implements MemberSource {

    @Override
    public GroupEvidence members(GroupId id, PriorEvidence prior, GroupResponse.Shown shown) {
        var group = shown.group();
        var members = switch (users.inGroup(group.id(), prior.mostMembers())) {
            case UserQueries.Refused(var response) -> refused(response, prior);
            case UserQueries.Found found -> evidence(prior, found, shown.members());
        };
        return new GroupEvidence.Present(group, members, shown.sentAt());
    }

    /** Users on pages that contradict each other do not show that the provider finds those in a group. */
    private MemberEvidence evidence(PriorEvidence prior, UserQueries.Found found, MemberList ofGroup) {
        var list = list(found, ofGroup);
        if (!list.shown().isEmpty() && !found.contradicted()) {
            listing.record();
        }
        var all = list.completedBy(ofGroup);
        // Nested groups come from the group's own answer: they do not show that a search finds users.
        boolean unproven = list.shown().isEmpty() && !all.isCut() && !prior.membersListed() && !isBelieved();
        return unproven ? notListed() : EvidenceRules.members(all, empty -> empty);
    }

    /** A group whose member is a group that the group's own answer does not list has more members than are listed. */
    private static MemberList list(UserQueries.Found found, MemberList ofGroup) {
        return found.nestedGroups() && !ofGroup.hasNested() ? found.list().asCut() : found.list();
    }

    /** Whether an empty search proves that there are no members, although this run has seen none. */
    private boolean isBelieved() {
        return visibleByGroup ? users.areFiltersSupported() && users.isAnyShown() : listing.isKnown();
    }

    /** A provider without this filter does not show members in this way; one that has shown them before hides them now. */
    private MemberEvidence refused(UpstreamResponse response, PriorEvidence prior) {
        return switch (response.status()) {
            case 400, 501 ->
                prior.membersListed() || listing.isKnown() ? new MemberEvidence.Incomplete(List.of(), -1) : notListed();
            case 403 -> throw Faults.forbidden(response, "list users");
            default -> throw Faults.unexpected(response, "a user search");
        };
    }

    private static MemberEvidence notListed() {
        return new MemberEvidence.NotListed(MemberProblems.membersNotListed(UserQueries.FILTER));
    }
}
