package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Sighting;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepAction;
import dev.deprovisioner.deprovision.StepContext;
import dev.deprovisioner.deprovision.StepResult;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupsClient;
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
        var seen = context.lastSeen().or(() -> reader.look(context.run().groupId()));
        return seen.map(sighting -> decided(context, sighting)).orElseGet(() -> vanished(context));
    }

    /** Decides on a fresh read; what an earlier attempt has sent may have had its effect, or may yet have it. */
    private StepResult decided(StepContext context, Sighting seen) {
        var validated = context.validated();
        var group = seen.group();
        if (isSettled(validated, group)) {
            return settled(validated, group);
        }
        var sent = context.run().current().sent();
        if (sent.acceptedAt() == null || isLeftBehindByAll(context)) {
            return new RemovalRound(reader, groups, context, seen).sent().orElseGet(() -> readBack(context, validated));
        }
        return notYet(context, validated, group);
    }

    /** What removing all at once has not removed, though it was accepted, is removed once more by name. */
    private boolean isLeftBehindByAll(StepContext context) {
        var record = context.run().current();
        return groups.removesAllAtOnce()
                && record.sent().rounds() == 1
                && SettledByReading.nextLook(record, context.now()).isEmpty();
    }

    private StepResult readBack(StepContext context, GroupSnapshot validated) {
        context.accepted();
        return reader.read(context.run().groupId())
                .map(group ->
                        isSettled(validated, group) ? settled(validated, group) : notYet(context, validated, group))
                .orElseGet(() -> vanished(context));
    }

    /** The removal was accepted: it has a while to show an effect. */
    private static StepResult notYet(StepContext context, GroupSnapshot validated, GroupSnapshot group) {
        return SettledByReading.nextLook(context.run().current(), context.now())
                .<StepResult>map(pause -> new StepResult.NotYet(notEffective(group), pause))
                .orElseGet(() -> new StepResult.Failed(notEffective(group), group.membersGoneSince(validated)));
    }

    /** Whether there is nothing left to remove, or somebody whom nobody has validated. */
    static boolean isSettled(GroupSnapshot validated, GroupSnapshot group) {
        return group.isEmpty() || group.hasMembersBeyond(validated);
    }

    static StepResult settled(GroupSnapshot validated, GroupSnapshot group) {
        return group.isEmpty()
                ? new StepResult.Emptied(validated.members().size(), group)
                : new StepResult.Changed(joined(), group.membersGoneSince(validated));
    }

    static StepResult vanished(StepContext context) {
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
