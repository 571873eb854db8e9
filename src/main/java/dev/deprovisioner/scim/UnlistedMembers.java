package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.MemberProblems;

/** A provider that shows the members of no group. If an answer shows some all the same, it does not show all of them. */
record UnlistedMembers() implements MemberSource {

    @Override
    public GroupEvidence members(GroupId id, PriorEvidence prior, GroupResponse.Shown shown) {
        var list = shown.members();
        var evidence = list.shown().isEmpty() && !list.isCut()
                ? new MemberEvidence.NotListed(MemberProblems.membersUnlisted())
                : new MemberEvidence.Incomplete(list.shown(), list.statedBeyondShown());
        return new GroupEvidence.Present(shown.group(), evidence, shown.sentAt());
    }
}
