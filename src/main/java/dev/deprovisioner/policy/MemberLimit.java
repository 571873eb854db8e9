package dev.deprovisioner.policy;

import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The largest number of members that a group may have to be removed. */
@Component
public class MemberLimit {

    private final int maxMembers;

    MemberLimit(PolicyProperties properties) {
        this.maxMembers = properties.maxMembers();
    }

    /** The refusal, or empty if a group with this number of members may be removed. */
    public Optional<Problem> refusal(int members) {
        if (members <= maxMembers) {
            return Optional.empty();
        }
        return Optional.of(RunProblems.memberLimitExceeded(members, maxMembers));
    }
}
