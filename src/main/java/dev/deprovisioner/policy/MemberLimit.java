package dev.deprovisioner.policy;

import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.Problem;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The largest number of members that a group may have to be removed. */
@Component
public class MemberLimit {

    private final int maxMembers;

    MemberLimit(PolicyProperties properties) {
        this.maxMembers = properties.maxMembers();
    }

    /** The largest group that may be taken out. */
    public int mostMembers() {
        return maxMembers;
    }

    /** The refusal, or empty if a group of so many members may be taken out. */
    public Optional<Problem> refusal(int members) {
        return members <= maxMembers
                ? Optional.empty()
                : Optional.of(MemberProblems.memberLimitExceeded(members, maxMembers));
    }

    /** The refusal, or empty if an incomplete list does not show more members than the limit. */
    public Optional<Problem> refusalOfPart(int shown) {
        return shown <= maxMembers
                ? Optional.empty()
                : Optional.of(MemberProblems.memberLimitExceededByPart(shown, maxMembers));
    }
}
