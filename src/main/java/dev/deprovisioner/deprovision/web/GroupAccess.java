package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.policy.CallerGroups;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;
import org.springframework.stereotype.Component;

/** Which groups a caller may ask about, as far as is known without reading them. */
@Component
class GroupAccess {

    private final CallerGroups groups;
    private final DeprovisionHistory history;

    GroupAccess(CallerGroups groups, DeprovisionHistory history) {
        this.groups = groups;
        this.history = history;
    }

    /** Lets a caller pass for whom there may be such a group; whether this is one is decided when its name is known. */
    void requireAny(String caller) {
        if (!groups.mayNameAny(caller)) {
            throw forbidden();
        }
    }

    /** Lets nobody call off what it may not see. */
    void requireCancellation(String caller, GroupId group) {
        requireAny(caller);
        history.latest(group).ifPresent(run -> visible(caller, run));
    }

    /** Lets pass what the caller may see. */
    Deprovision visible(String caller, Deprovision run) {
        if (!sees(caller, run)) {
            throw forbidden();
        }
        return run;
    }

    /**
     * Whether it is a run of a group that the caller may name, or its own; the latter only as long as it has not found
     * out the name of its group.
     */
    boolean sees(String caller, Deprovision run) {
        var name = run.progress().displayName();
        boolean own = name == null && run.request().by().equals(caller);
        return own || groups.mayName(caller, run.providerGroupId(), name);
    }

    private static ProblemException forbidden() {
        return new ProblemException(new Problem(
                ProblemType.FORBIDDEN,
                "This caller may not name this group.",
                "Have an operator add the group to this caller's in deprovisioner.security.callers."));
    }
}
