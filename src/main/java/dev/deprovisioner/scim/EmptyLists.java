package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;

/** Decides whether an empty member list of a group proves that the group is empty; chosen by the settings. */
sealed interface EmptyLists permits KnownLister, SecondEvidence {

    /**
     * @param empty the evidence of the list, if it is believed
     * @param query what the members were asked for by
     */
    MemberEvidence judge(MemberEvidence.Listed empty, GroupId id, PriorEvidence prior, String query);

    static EmptyLists of(ScimProperties properties, UserQueries users, MemberListing listing) {
        return switch (properties.membersVisibleBy()) {
            case PROVIDER -> new KnownLister(listing);
            case GROUP -> new SecondEvidence(users);
        };
    }
}
