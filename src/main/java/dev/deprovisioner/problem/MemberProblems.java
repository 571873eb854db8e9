package dev.deprovisioner.problem;

/**
 * The texts of problems with the members of a group: too many, not shown, or not shown in full. Those of everything else that
 * a run finds are in {@link RunProblems}.
 */
public final class MemberProblems {

    private static final String CHECK_LISTING = "GET /upstream?groupId= shows what the provider lists.";
    private static final String NATIVE_GROUP_DIFFERS =
            "Compare the members over SCIM and in the provider's own API. If that API is not to be asked, set"
                    + " deprovisioner.scim.native-group-path to nothing. " + CHECK_LISTING
                    + " Then post the group again.";

    private MemberProblems() {}

    public static Problem memberLimitExceeded(int members, int limit) {
        return limitExceeded(counted(members), limit);
    }

    /** @param shown how many members an incomplete list shows */
    public static Problem memberLimitExceededByPart(int shown, int limit) {
        return limitExceeded("at least " + counted(shown), limit);
    }

    private static Problem limitExceeded(String members, int limit) {
        return new Problem(
                ProblemType.MEMBER_LIMIT_EXCEEDED,
                "The group has " + members + "; the limit is " + limit + ".",
                "Remove members until at most " + limit
                        + " are left, or ask an operator to raise deprovisioner.policy.max-members. Then post the group"
                        + " again.");
    }

    /** The own API confirms an empty list only with a count that can be read. */
    public static Problem memberCountMissing() {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider shows an empty member list over SCIM, and its own API does not say clearly how many"
                        + " members there are.",
                NATIVE_GROUP_DIFFERS);
    }

    /** A later read could not show that the group is empty. */
    public static Problem memberCountMissing(int shown) {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                shownOverScim(shown) + ", and its own API does not say clearly how many there are.",
                NATIVE_GROUP_DIFFERS);
    }

    public static Problem ownApiCountsMore(int shown, long counted) {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                shownOverScim(shown) + ", and its own API counts " + counted + ".",
                NATIVE_GROUP_DIFFERS);
    }

    private static String shownOverScim(int members) {
        return "The provider shows " + (members == 0 ? "no members" : counted(members)) + " of the group over SCIM";
    }

    /** Whether SCIM alone would show the members: no setting for where they are listed helps. */
    public static boolean isOfOwnApi(Problem problem) {
        return NATIVE_GROUP_DIFFERS.equals(problem.remedy());
    }

    /** The policy has changed since the run has validated the group. */
    public static Problem unlistedNoLongerAllowed() {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider does not show the members, and the policy no longer allows such groups to be deleted.",
                "Set deprovisioner.policy.unlisted-members=allow if they may be deleted all the same.");
    }

    /** @param query the query that asked for the members, such as {@code attributes=members}; empty for none */
    public static Problem membersNotListed(String query) {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider shows no members of the group" + (query.isEmpty() ? "" : " (asked with " + query + ")")
                        + ". No read has proven that it lists members, so the group may be full.",
                "First ask GET /upstream?groupId= with a group that has a member: it shows whether the provider lists"
                        + " members. If it never lists any, ask an operator to set"
                        + " deprovisioner.policy.unlisted-members=allow. Then post the group again.");
    }

    /** By the settings, the provider shows the members of no group. */
    public static Problem membersUnlisted() {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider shows the members of no group (deprovisioner.scim.members-source is unlisted), so the group may"
                        + " be full.",
                "Inspect the group in the provider's admin console. To delete such groups together with memberships that"
                        + " the service cannot see, ask an operator to set deprovisioner.policy.unlisted-members=allow. "
                        + CHECK_LISTING + " Then post the group again.");
    }

    /** @param why the search for users confirms nothing */
    public static Problem emptyListUnconfirmed(String why) {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider shows an empty member list, but what it shows depends on rights on each group. No search for"
                        + " users confirms that the group is empty: " + why + ".",
                "Give the client, or the owner of the bearer token, the right to view users and the members of this group. "
                        + CHECK_LISTING + " Then post the group again.");
    }

    /** @param stated how many members there are by the provider's count; negative if no count shows that there are more */
    public static Problem membersIncomplete(int shown, long stated) {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                stated < 0
                        ? "The provider shows " + counted(shown)
                                + " of the group, and its answers do not prove that these are all."
                        : "The provider shows " + shown + " of " + stated + " members of the group.",
                "Make the provider list all members, for example with deprovisioner.scim.read-query or"
                        + " deprovisioner.scim.members-source. " + CHECK_LISTING + " Then post the group again.");
    }

    public static Problem membersNoLongerListed() {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider no longer shows the members of the group.",
                "Check the permissions of the client, or of the owner of the bearer token, on this group. "
                        + CHECK_LISTING + " Then post the group again.");
    }

    /** A removal that a provider may take for the removal of all needs a complete list. */
    public static Problem membersPartlyListed() {
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider no longer shows all members of the group. The removal may reach members that it does not"
                        + " show, so it was not sent.",
                "Wait: the run reads the group again. If this lasts, check the permissions of the client, or of the"
                        + " owner of the bearer token, on this group. If deprovisioner.policy.max-members was lowered since the"
                        + " run began, raise it again: reads stop there. " + CHECK_LISTING);
    }

    private static String counted(int members) {
        return members == 1 ? "1 member" : members + " members";
    }
}
