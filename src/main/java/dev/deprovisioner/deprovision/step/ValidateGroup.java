package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.dependency.Dependencies;
import dev.deprovisioner.dependency.Dependency;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepAction;
import dev.deprovisioner.deprovision.StepContext;
import dev.deprovisioner.deprovision.StepResult;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.policy.CallerGroups;
import dev.deprovisioner.policy.MemberLimit;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds out whether the group may be taken out, and collects everything that speaks against it. Changes nothing. */
@Component
class ValidateGroup implements StepAction {

    private final GroupReader groups;
    private final MemberLimit limit;
    private final Dependencies dependencies;
    private final CallerGroups callers;

    ValidateGroup(GroupReader groups, MemberLimit limit, Dependencies dependencies, CallerGroups callers) {
        this.groups = groups;
        this.callers = callers;
        this.limit = limit;
        this.dependencies = dependencies;
    }

    @Override
    public Step step() {
        return Step.VALIDATE;
    }

    @Override
    public StepResult perform(StepContext context) {
        var run = context.run();
        return groups.read(run.groupId()).map(group -> judged(run, group)).orElseGet(() -> absent(run));
    }

    private StepResult judged(Deprovision run, GroupSnapshot group) {
        var stranger = callers.refusal(run.request().by(), run.groupId(), group.displayName());
        if (stranger.isPresent()) {
            // What was read is not for this caller to know.
            return new StepResult.Blocked(stranger.get(), List.of(), Progress.UNKNOWN);
        }
        var refusal = limit.refusal(group.members().size());
        return refusal.isPresent()
                ? new StepResult.Blocked(refusal.get(), List.of(), Progress.seen(group, null))
                : checked(group);
    }

    private StepResult checked(GroupSnapshot group) {
        var users = group.members().stream()
                .filter(member -> !member.nested())
                .map(GroupSnapshot.Member::value)
                .toList();
        var found = dependencies.of(users);
        return found.isEmpty()
                ? new StepResult.Validated(group, users.size())
                : new StepResult.Blocked(
                        dependenciesFound(found.size()),
                        found.stream().map(ValidateGroup::blocker).toList(),
                        Progress.seen(group, users.size()));
    }

    /** At first it is a mistake of the caller; once the group was seen, somebody's success. */
    private static StepResult absent(Deprovision run) {
        boolean first = run.steps().of(Step.REMOVE_MEMBERS).sent().intents() == 0
                && run.steps().of(Step.DELETE_GROUP).sent().intents() == 0
                && run.timeline().revalidations() == 0;
        return first
                ? new StepResult.Blocked(notFound(run.groupId()), List.of(), Progress.UNKNOWN)
                : new StepResult.Gone(run.outcomeIfAbsent());
    }

    private static Problem notFound(GroupId id) {
        return new Problem(
                ProblemType.GROUP_NOT_FOUND,
                "Group " + id + " does not exist, or was already removed by another process.",
                "Verify the group id with the provider, then post again.");
    }

    private static Problem dependenciesFound(int count) {
        return new Problem(
                ProblemType.DEPENDENCIES_FOUND,
                count + (count == 1 ? " member" : " members") + " would be orphaned; see blockers.",
                "Resolve every blocker, then post again.");
    }

    private static Blocker blocker(Dependency found) {
        return new Blocker(found.type(), found.member().value(), found.reference(), found.detail(), found.remedy());
    }
}
