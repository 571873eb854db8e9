package dev.deprovisioner.policy;

import dev.deprovisioner.policy.PolicyProperties.Unlisted;
import dev.deprovisioner.problem.Problem;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides whether a group is deleted although the provider does not show its members. */
@Component
public class UnlistedMembers {

    private final Unlisted policy;

    UnlistedMembers(PolicyProperties properties) {
        this.policy = properties.unlistedMembers();
    }

    /**
     * The refusal, or empty if such a group may be deleted.
     *
     * @param problem why the members are not known
     */
    public Optional<Problem> refusal(Problem problem) {
        return areAllowed() ? Optional.empty() : Optional.of(problem);
    }

    /** Whether such a group may be deleted. */
    public boolean areAllowed() {
        return policy == Unlisted.ALLOW;
    }
}
