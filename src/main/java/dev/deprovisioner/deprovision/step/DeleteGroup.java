package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Sighting;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepAction;
import dev.deprovisioner.deprovision.StepContext;
import dev.deprovisioner.deprovision.StepResult;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupChange;
import dev.deprovisioner.scim.GroupsClient;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Deletes the empty group, and believes it only when a read shows that it is gone. */
@Component
class DeleteGroup implements StepAction {

    private final GroupReader reader;
    private final GroupsClient groups;

    DeleteGroup(GroupReader reader, GroupsClient groups) {
        this.reader = reader;
        this.groups = groups;
    }

    @Override
    public Step step() {
        return Step.DELETE_GROUP;
    }

    @Override
    public StepResult perform(StepContext context) {
        var seen = context.lastSeen()
                .filter(sighting -> groups.deletesByVersion() || sighting.isYoung())
                .or(() -> reader.look(context.run().groupId()));
        return seen.map(sighting -> decided(context, sighting)).orElseGet(() -> gone(context));
    }

    private StepResult decided(StepContext context, Sighting seen) {
        var look = SettledByReading.nextLook(context.run().current(), context.now());
        if (look.isPresent()) {
            return new StepResult.NotYet(notVerified(), look.get());
        }
        return seen.group().isEmpty() ? deleted(context, seen) : new StepResult.Changed(joined(), 0);
    }

    private StepResult deleted(StepContext context, Sighting seen) {
        var id = context.run().groupId();
        var etag = seen.group().etag();
        var unguarded = etag == null || !groups.deletesByVersion() ? seen : null;
        return switch (context.sending(unguarded, lastCheck -> groups.delete(id, etag, lastCheck))) {
            case GroupChange.Accepted accepted -> verified(context);
            case GroupChange.Absent absent -> verified(context);
            case GroupChange.NothingToDo nothing -> verified(context);
            case GroupChange.Unknown(var problem, var notBefore) ->
                settledByRead(context, () -> StepResult.Faulted.later(problem, notBefore));
            case GroupChange.Refused(var problem) ->
                settledByRead(context, () -> StepResult.Faulted.later(problem));
            case GroupChange.VersionConflict(var problem) -> {
                context.withdraw();
                yield new StepResult.Changed(problem, 0);
            }
            case GroupChange.Conflict conflict -> {
                context.withdraw();
                yield Conflicts.settled(reader.read(id), seen.group(), conflict, Outcome.DELETED);
            }
        };
    }

    private StepResult verified(StepContext context) {
        context.accepted();
        return settledByRead(
                context,
                () -> SettledByReading.nextLook(context.run().current(), context.now())
                        .<StepResult>map(pause -> new StepResult.NotYet(notVerified(), pause))
                        .orElseGet(() -> StepResult.Faulted.later(notVerified())));
    }

    /** Whatever was answered, or was not: only a read tells. */
    private StepResult settledByRead(StepContext context, Supplier<StepResult> ifStillThere) {
        return reader.read(context.run().groupId())
                .map(group -> ifStillThere.get())
                .orElseGet(() -> gone(context));
    }

    private static StepResult gone(StepContext context) {
        return new StepResult.Gone(context.run().outcomeIfAbsent());
    }

    private static Problem joined() {
        return new Problem(
                ProblemType.GROUP_CHANGED,
                "Members joined the group before it was deleted.",
                "Find out what adds members to the group, stop it, and post again.");
    }

    private static Problem notVerified() {
        return new Problem(
                ProblemType.DELETE_NOT_VERIFIED,
                "The group is still there after its deletion; its members were removed.",
                "Look at the group with the provider's own means, then post again.");
    }
}
