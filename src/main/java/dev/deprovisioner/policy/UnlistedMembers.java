package dev.deprovisioner.policy;

import dev.deprovisioner.policy.PolicyProperties.Unlisted;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether a group may be deleted whose members the provider does not show. */
@Component
public class UnlistedMembers {

    private final Unlisted policy;

    UnlistedMembers(PolicyProperties properties) {
        this.policy = properties.unlistedMembers();
    }

    /**
     * The refusal, or empty if such a group may be deleted.
     *
     * @param query the query that asked for the members, such as {@code attributes=members}; empty for none
     */
    public Optional<Problem> refusal(String query) {
        return switch (policy) {
            case ALLOW -> Optional.empty();
            case BLOCK -> Optional.of(notListed(query));
        };
    }

    private static Problem notListed(String query) {
        var asked = query.isEmpty() ? "" : " (asked with " + query + ")";
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider shows no members of the group" + asked
                        + ", and nothing proves that it shows any: the group may be full.",
                "First post a group that has a member, which shows whether the provider lists members. If it shows them"
                        + " nowhere, an operator can set deprovisioner.policy.unlisted-members=allow; then post again.");
    }

    /**
     * The refusal of a group of whose members only some are shown; no policy allows that.
     *
     * @param stated how many there are by the provider's own count; negative if it only says that there are more
     */
    public static Problem incomplete(int shown, long stated) {
        var all = stated < 0 ? "more" : String.valueOf(stated);
        return new Problem(
                ProblemType.MEMBERS_NOT_VISIBLE,
                "The provider shows " + shown + " of " + all + " members of the group.",
                "Have the provider list all members in one answer, for example by deprovisioner.scim.read-query; then post"
                        + " again.");
    }
}
