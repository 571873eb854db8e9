package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.deprovision.run.StepAction;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.policy.CallerGroups;
import dev.deprovisioner.policy.MemberLimit;
import dev.deprovisioner.policy.UnlistedMembers;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberEvidence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Decides whether the group may be removed, and collects all blockers. Changes nothing. */
@Component
class ValidateGroup implements StepAction {

    private final GroupReader reader;
    private final GroupsClient groups;
    private final MemberLimit limit;
    private final UnlistedMembers unlisted;
    private final DependencyReview dependencies;
    private final CallerGroups callers;

    ValidateGroup(
            GroupReader reader,
            GroupsClient groups,
            MemberLimit limit,
            UnlistedMembers unlisted,
            DependencyReview dependencies,
            CallerGroups callers) {
        this.reader = reader;
        this.groups = groups;
        this.limit = limit;
        this.unlisted = unlisted;
        this.dependencies = dependencies;
        this.callers = callers;
    }

    @Override
    public Step step() {
        return Step.VALIDATE;
    }

    @Override
    public StepResult perform(StepContext context) {
        return switch (reader.read(context)) {
            case GroupView.Shown shown -> validate(context, shown);
            case GroupView.Gone gone -> absent(context);
            case GroupView.Unproven(var problem) -> unproven(context, problem);
        };
    }

    private StepResult validate(StepContext context, GroupView.Shown shown) {
        var run = context.run();
        var refusal = callers.refusal(
                run.request().by(), shown.id(), shown.snapshot().group().displayName());
        if (refusal.isPresent()) {
            // The caller is not allowed to see the group.
            return blocked(refusal.get());
        }
        var seen = Progress.seen(shown.snapshot().group(), null);
        return hold(context, shown.id(), seen, () -> validateHeld(context, shown));
    }

    /** A run that has to hold the group first does not begin before its time. */
    private static StepResult hold(StepContext context, GroupId id, Progress seen, Supplier<StepResult> next) {
        boolean waits = context.isUnadmitted() && context.isEarly();
        return context.hold(id)
                .map(other -> blocked(duplicateRun(id, other)))
                .orElseGet(() -> waits ? new StepResult.Admitted(seen) : next.get());
    }

    private StepResult validateHeld(StepContext context, GroupView.Shown shown) {
        return switch (shown.members()) {
            case MemberEvidence.Listed listed -> validateMembers(context, shown);
            case MemberEvidence.NotListed(var problem) -> validateUnlisted(context, shown, problem);
            case MemberEvidence.Incomplete(var listed, var problem) ->
                limit.refusalOfPart(listed.size())
                        .<StepResult>map(tooMany -> refuse(context, shown.snapshot(), tooMany))
                        .orElseGet(() -> validateAgain(context));
        };
    }

    /** An incomplete list may be a passing fault: it is read once more. */
    private StepResult validateAgain(StepContext context) {
        return switch (reader.read(context)) {
            case GroupView.Gone gone -> absent(context);
            case GroupView.Unproven(var problem) -> unproven(context, problem);
            case GroupView.Shown shown ->
                switch (shown.members()) {
                    case MemberEvidence.Listed listed -> validateMembers(context, shown);
                    case MemberEvidence.NotListed(var problem) -> validateUnlisted(context, shown, problem);
                    // No policy allows a group of which the provider shows only some members.
                    case MemberEvidence.Incomplete(var listed, var problem) ->
                        refuse(context, shown.snapshot(), problem);
                };
        };
    }

    private StepResult validateMembers(StepContext context, GroupView.Shown shown) {
        var seen = shown.snapshot();
        var group = seen.group();
        var refusal = limit.refusal(group.members().size());
        if (refusal.isPresent()) {
            return new StepResult.Blocked(refusal.get(), List.of(), Progress.seen(group, null));
        }
        return groups.removals(group.ids(), false).stream()
                .filter(removal -> !SlowRead.canDecide(removal, seen))
                .findFirst()
                .map(removal -> tooSlow(context, seen, SlowRead.before(removal, seen)))
                .orElseGet(() -> dependencies.conclude(context, shown));
    }

    /** The removal would wait for a faster read until the deadline. A single slow read may be a passing fault. */
    private static StepResult tooSlow(StepContext context, ReadSnapshot seen, Problem problem) {
        var waitedFor = context.run().verdict().problem();
        // The detail has another number of seconds each time.
        boolean lasts = waitedFor != null && Objects.equals(waitedFor.remedy(), problem.remedy());
        return lasts ? refuse(context, seen, problem) : StepResult.UpstreamFault.later(problem);
    }

    private StepResult validateUnlisted(StepContext context, GroupView.Shown shown, Problem problem) {
        var refusal = unlisted.refusal(problem);
        return refusal.isPresent()
                ? refuse(context, shown.snapshot(), refusal.get())
                : dependencies.conclude(context, shown);
    }

    /** After an intent to delete the group, a read that does not show its members ends nothing. */
    private static StepResult refuse(StepContext context, ReadSnapshot seen, Problem problem) {
        return context.run().hasDeleteIntent()
                ? StepResult.UpstreamFault.later(problem)
                : new StepResult.Blocked(problem, List.of(), Progress.seen(seen.group(), null));
    }

    /**
     * At first it is a mistake of the caller, unless an earlier run left open whether its deletion succeeded. Once this run
     * has seen the group, the group is gone.
     */
    private StepResult absent(StepContext context) {
        if (context.run().hasSeenGroup()) {
            return Disappearance.confirm(context);
        }
        return unresolvedDeletion(context)
                .map(earlier -> hold(
                        context,
                        earlier.providerGroupId(),
                        Progress.UNKNOWN,
                        () -> Disappearance.confirmTwice(context, Outcome.DELETED)))
                .orElseGet(() -> blocked(notFound(context.run().groupId())));
    }

    /**
     * The earlier run knows the name of the group, which is gone. One at another provider, or that is no longer known to be
     * of this one, says nothing of it.
     */
    private Optional<Run> unresolvedDeletion(StepContext context) {
        var caller = context.run().request().by();
        return context.unresolvedDeletion()
                .filter(earlier -> context.validatedBy(earlier)
                        .filter(group -> !reader.isFromOtherProvider(group))
                        .isPresent())
                .filter(earlier -> !context.isUnadmitted()
                        || callers.mayManage(
                                caller,
                                earlier.providerGroupId(),
                                earlier.progress().displayName()));
    }

    /**
     * A first read claims no deletion. If the answer is the same after a wait, the run ends and says what it may be.
     */
    private StepResult unproven(StepContext context, Problem problem) {
        var run = context.run();
        var waitedFor = run.verdict().problem();
        boolean lasts = waitedFor != null && waitedFor.type() == problem.type();
        return lasts && !run.hasSeenGroup() && unresolvedDeletion(context).isEmpty()
                ? blocked(perhapsNotFound(run.groupId(), problem))
                : StepResult.UpstreamFault.later(problem);
    }

    /** Nothing of the group is shown. */
    private static StepResult blocked(Problem problem) {
        return new StepResult.Blocked(problem, List.of(), Progress.UNKNOWN);
    }

    private static Problem perhapsNotFound(GroupId id, Problem answer) {
        return RunProblems.groupPossiblyNotFound(id, answer);
    }

    private static Problem notFound(GroupId id) {
        return RunProblems.groupNotFound(id);
    }

    private static Problem duplicateRun(GroupId id, DeprovisionId other) {
        return RunProblems.duplicateRun(id, other);
    }
}
