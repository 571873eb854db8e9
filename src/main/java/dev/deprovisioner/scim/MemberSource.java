package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.upstream.Upstream;

/** Where the provider shows who is in a group; {@code deprovisioner.scim.members-source} chooses one. */
sealed interface MemberSource permits GroupMembers, UsersFilter, UnlistedMembers {

    /**
     * Finds out who is in a group.
     *
     * @param shown the group as the read of it shows it
     * @throws dev.deprovisioner.problem.Fault if the provider gave no answer that states anything
     * @throws org.springframework.dao.DataAccessException if the database does not say whether members are listed
     */
    GroupEvidence members(GroupId id, PriorEvidence prior, GroupResponse.Shown shown);

    static MemberSource of(
            ScimProperties properties, Upstream upstream, GroupRequests requests, MemberListing listing) {
        var users = new UserQueries(upstream, properties);
        return switch (properties.membersSource()) {
            case GROUP -> new GroupMembers(properties, requests, listing, EmptyLists.of(properties, users, listing));
            case USERS_FILTER ->
                new UsersFilter(users, listing, properties.membersVisibleBy() == ScimProperties.MembersVisibleBy.GROUP);
            case UNLISTED -> new UnlistedMembers();
        };
    }
}
