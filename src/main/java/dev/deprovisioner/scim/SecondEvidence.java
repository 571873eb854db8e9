package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.MemberProblems;
import java.util.List;

/**
 * Believes an empty list only if the users filter confirms it: of a provider that shows members by rights on each group, a full
 * group can look empty.
 */
record SecondEvidence(UserQueries users) implements EmptyLists {

    @Override
    public MemberEvidence judge(MemberEvidence.Listed empty, GroupId id, PriorEvidence prior, String query) {
        if (!users.areFiltersSupported()) {
            return unconfirmed("its ServiceProviderConfig does not say that filters are supported");
        }
        if (!users.isAnyShown()) {
            return unconfirmed("the client is shown no user at all");
        }
        return switch (users.inGroup(id, prior.mostMembers())) {
            case UserQueries.Refused refused -> unconfirmed("the provider refuses " + UserQueries.FILTER);
            case UserQueries.Found(var list, var nestedGroups, var contradicted) ->
                list.shown().isEmpty() && !list.isCut() && !nestedGroups ? empty : contradicted(list);
        };
    }

    /** There are members, and the group's own list does not show them. */
    private static MemberEvidence contradicted(MemberList users) {
        int found = users.shown().size();
        return new MemberEvidence.Incomplete(List.of(), found == 0 ? -1 : Math.max(found, users.stated()));
    }

    private static MemberEvidence unconfirmed(String why) {
        return new MemberEvidence.NotListed(MemberProblems.emptyListUnconfirmed(why));
    }
}
