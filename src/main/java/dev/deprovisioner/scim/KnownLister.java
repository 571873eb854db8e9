package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.MemberProblems;

/** Believes an empty list of a provider that has listed a member of any group before. */
record KnownLister(MemberListing listing) implements EmptyLists {

    @Override
    public MemberEvidence judge(MemberEvidence.Listed empty, GroupId id, PriorEvidence prior, String query) {
        return listing.isKnown() ? empty : new MemberEvidence.NotListed(MemberProblems.membersNotListed(query));
    }
}
