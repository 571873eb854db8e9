package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepAction;
import dev.deprovisioner.deprovision.StepContext;
import dev.deprovisioner.deprovision.StepResult;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupChange;
import dev.deprovisioner.scim.GroupsClient;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Empties the group, and believes it only when a read shows no members. */
@Component
class RemoveMembers implements StepAction {

    private final GroupReader reader;
    private final GroupsClient groups;

    RemoveMembers(GroupReader reader, GroupsClient groups) {
        this.reader = reader;
        this.groups = groups;
    }

    @Override
    public Step step() {
        return Step.REMOVE_MEMBERS;
    }

    @Override
    public StepResult perform(StepContext context) {
        var seen = context.lastSeen().or(() -> reader.read(context.run().groupId()));
        return seen.map(group -> decided(context, group)).orElseGet(() -> vanished(context));
    }

    /** Decides on a fresh read; what an earlier attempt has sent may have had its effect, or may yet have it. */
    private StepResult decided(StepContext context, GroupSnapshot group) {
        var validated = context.validated();
        if (group.isEmpty() || group.hasMembersBeyond(validated)) {
            return settled(validated, group);
        }
        return context.run().current().acceptedAt() == null
                ? removed(context, validated, group)
                : notYet(context, validated, group);
    }

    private StepResult removed(StepContext context, GroupSnapshot validated, GroupSnapshot group) {
        var id = context.run().groupId();
        return switch (context.sending(() -> groups.removeMembers(id, group.etag()))) {
            case GroupChange.Accepted accepted -> readBack(context, validated);
            case GroupChange.NothingToDo nothing -> readBack(context, validated);
            case GroupChange.Unknown(var problem) ->
                settledByRead(context, validated, still -> StepResult.Faulted.later(problem));
            case GroupChange.Absent absent -> vanished(context);
            case GroupChange.VersionConflict(var problem) -> {
                context.withdraw();
                yield new StepResult.Changed(problem, 0);
            }
            case GroupChange.Conflict conflict -> {
                context.withdraw();
                yield Conflicts.settled(
                        reader.read(id), group, conflict, context.run().outcomeIfAbsent());
            }
        };
    }

    private StepResult readBack(StepContext context, GroupSnapshot validated) {
        context.accepted();
        return settledByRead(context, validated, still -> notYet(context, validated, still));
    }

    /** Whatever was answered, or was not: only a read tells. */
    private StepResult settledByRead(
            StepContext context, GroupSnapshot validated, Function<GroupSnapshot, StepResult> ifStillThere) {
        return reader.read(context.run().groupId())
                .map(group -> group.isEmpty() || group.hasMembersBeyond(validated)
                        ? settled(validated, group)
                        : ifStillThere.apply(group))
                .orElseGet(() -> vanished(context));
    }

    /** The removal was accepted: it has a while to show an effect. */
    private static StepResult notYet(StepContext context, GroupSnapshot validated, GroupSnapshot group) {
        return SettledByReading.nextLook(context.run().current(), context.now())
                .<StepResult>map(pause -> new StepResult.NotYet(notEffective(group), pause))
                .orElseGet(() -> new StepResult.Failed(notEffective(group), group.membersGoneSince(validated)));
    }

    private static StepResult settled(GroupSnapshot validated, GroupSnapshot group) {
        return group.isEmpty()
                ? new StepResult.Emptied(validated.members().size(), group)
                : new StepResult.Changed(joined(), group.membersGoneSince(validated));
    }

    private static StepResult vanished(StepContext context) {
        return new StepResult.Gone(context.run().outcomeIfAbsent());
    }

    private static Problem joined() {
        return new Problem(
                ProblemType.GROUP_CHANGED,
                "Members joined the group while it was being taken out.",
                "Find out what adds members to the group, stop it, and post again.");
    }

    private static Problem notEffective(GroupSnapshot group) {
        return new Problem(
                ProblemType.REMOVAL_NOT_EFFECTIVE,
                group.members().size() + " members are still in the group after their removal; it was not deleted.",
                "Remove the members with the provider's own means, then post again.");
    }
}
