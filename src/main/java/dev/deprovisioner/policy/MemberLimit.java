package dev.deprovisioner.policy;

import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How large a group may be that is taken out. */
@Component
public class MemberLimit {

    private final int maxMembers;

    MemberLimit(PolicyProperties properties) {
        this.maxMembers = properties.maxMembers();
    }

    /** The refusal, or empty if a group of so many members may be taken out. */
    public Optional<Problem> refusal(int members) {
        if (members <= maxMembers) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                ProblemType.MEMBER_LIMIT_EXCEEDED,
                "The group has " + members + " members; the limit is " + maxMembers + ".",
                "Remove members until there are at most " + maxMembers
                        + ", or have an operator raise deprovisioner.policy.max-members; then post again."));
    }
}
