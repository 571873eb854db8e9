package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.deprovision.run.StepAction;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.scim.GroupsClient;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Empties the group, and believes it only when a read shows no members. */
@Component
class RemoveMembers implements StepAction {

    private final GroupReader reader;
    private final GroupsClient groups;
    private final VerificationSchedule schedule;

    RemoveMembers(GroupReader reader, GroupsClient groups, VerificationSchedule schedule) {
        this.reader = reader;
        this.groups = groups;
        this.schedule = schedule;
    }

    @Override
    public Step step() {
        return Step.REMOVE_MEMBERS;
    }

    @Override
    public StepResult perform(StepContext context) {
        if (ValidationAge.isTooOld(context)) {
            return new StepResult.Outdated();
        }
        var lastSeen = context.lastSeen().filter(ReadSnapshot::canDecide);
        return lastSeen.isPresent() ? decide(context, lastSeen.get()) : readAndDecide(context);
    }

    private StepResult readAndDecide(StepContext context) {
        return switch (reader.read(context)) {
            case GroupView.Shown(var id, var snapshot, var members, var nativeGroup) -> decide(context, snapshot);
            case GroupView.Gone gone -> Disappearance.confirm(context);
            case GroupView.Unproven(var problem) -> StepResult.UpstreamFault.later(problem);
        };
    }

    /** A request of an earlier attempt may have had its effect, or may still have it. */
    private StepResult decide(StepContext context, ReadSnapshot seen) {
        var outcome = RemovalOutcome.of(context.validated(), seen);
        if (outcome.isPresent()) {
            return outcome.get();
        }
        var sent = context.run().current().sent();
        if (sent.acceptedAt() == null || isLeftBehind(context)) {
            var round = new RemovalRound(reader, groups, context, seen);
            return round.send().orElseGet(() -> readBack(context, round.refused()));
        }
        return awaitEffect(context, seen.group(), Set.of());
    }

    /** If the provider accepted the first round and members are left, they are removed once more by name. */
    private boolean isLeftBehind(StepContext context) {
        var record = context.run().current();
        return record.sent().rounds() == 1
                && schedule.untilNextRead(record, context.now()).isEmpty();
    }

    private StepResult readBack(StepContext context, Set<MemberId> refused) {
        context.recordRequestAccepted();
        return switch (reader.read(context)) {
            case GroupView.Gone gone -> Disappearance.confirm(context);
            case GroupView.Unproven(var problem) -> StepResult.UpstreamFault.later(problem);
            case GroupView.Shown(var id, var snapshot, var members, var nativeGroup) ->
                RemovalOutcome.of(context.validated(), snapshot)
                        .orElseGet(() -> awaitEffect(context, snapshot.group(), refused));
        };
    }

    /** An accepted removal may take a while to show an effect. */
    private StepResult awaitEffect(StepContext context, GroupSnapshot group, Set<MemberId> refused) {
        if (!refused.isEmpty() && refused.containsAll(group.ids())) {
            return new StepResult.Failed(
                    notEffective(group),
                    refused.stream().map(RemoveMembers::refusal).toList());
        }
        return schedule.untilNextRead(context.run().current(), context.now())
                .<StepResult>map(pause -> new StepResult.RecheckLater(notEffective(group), pause))
                .orElseGet(() -> new StepResult.Failed(notEffective(group)));
    }

    private static Blocker refusal(MemberId member) {
        return new Blocker(
                "removal-refused",
                member,
                null,
                "The provider refuses to remove member " + member + ".",
                "Remove member " + member + " with the provider's own means, then post again.");
    }

    private static Problem notEffective(GroupSnapshot group) {
        return switch (group.listing()) {
            case COMPLETE -> RunProblems.membersLeft(group.members().size());
            case PARTIAL, NONE -> RunProblems.membersPossiblyLeft();
        };
    }
}
