package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.RequestAccess;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.RunKey;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.policy.ActiveRunLimit;
import dev.deprovisioner.policy.CallerGroups;
import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ResourceProblems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides which groups a caller may ask about, without a read of the group. */
@Component
class GroupAccess {

    private final CallerGroups groups;
    private final ActiveRunLimit limit;
    private final DeprovisionHistory history;

    GroupAccess(CallerGroups groups, ActiveRunLimit limit, DeprovisionHistory history) {
        this.groups = groups;
        this.limit = limit;
        this.history = history;
    }

    /** Requires that the caller may manage some group. For this group, that is decided once its name is known. */
    void requireKnownCaller(Caller caller) {
        if (!groups.mayManageAny(caller)) {
            throw forbidden();
        }
    }

    /** What the caller is allowed to, if it requests a run of the group. */
    RequestAccess requestAccess(Caller caller, GroupId group) {
        requireKnownCaller(caller);
        return new RequestAccess(
                groups.mayManage(caller, group, null), run -> canSee(caller, run), limit.mostActiveRuns());
    }

    /**
     * The run of a group that counts for the caller, else the latest that the caller has requested itself.
     *
     * @throws ProblemException if the caller may see neither
     */
    Optional<Run> latest(Caller caller, GroupId group) {
        requireKnownCaller(caller);
        var latest = history.latest(group, caller);
        return latest.isEmpty() || canSee(caller, latest.get())
                ? latest
                : Optional.of(history.latestBy(caller, group)
                        .filter(run -> canSee(caller, run))
                        .orElseThrow(GroupAccess::forbidden));
    }

    /** Returns the run if the caller is allowed to see it. */
    Run requireVisible(Caller caller, Run run) {
        if (!canSee(caller, run)) {
            throw forbidden();
        }
        return run;
    }

    /**
     * Whether the caller may name the group of the run, or requested the run itself. The latter counts only until the
     * run knows the name of its group.
     */
    boolean canSee(Caller caller, Run run) {
        return canSee(
                caller,
                run.providerGroupId(),
                run.progress().displayName(),
                run.request().by());
    }

    /** The same of a run that was not read as a whole. */
    boolean canSee(Caller caller, RunKey run) {
        return canSee(caller, run.groupId(), run.displayName(), run.requestedBy());
    }

    private boolean canSee(Caller caller, GroupId group, @Nullable String name, Caller requestedBy) {
        boolean own = name == null && requestedBy.equals(caller);
        return own || groups.mayManage(caller, group, name);
    }

    /**
     * A run of a group that the caller may see.
     *
     * @throws ProblemException if the group has no such run, or the caller may not see it
     */
    Run run(Caller caller, GroupId group, DeprovisionId id) {
        requireKnownCaller(caller);
        return history.find(group, id)
                .map(run -> requireVisible(caller, run))
                .orElseThrow(() -> new ProblemException(ResourceProblems.runNotFound()));
    }

    private static ProblemException forbidden() {
        return new ProblemException(CallerProblems.groupNotAllowed());
    }
}
