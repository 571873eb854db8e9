package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Sighting;
import dev.deprovisioner.deprovision.StepContext;
import dev.deprovisioner.deprovision.StepResult;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupChange;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberRemoval;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the removals of a group, one after the other, each on a version or on a read that still holds. A member whose
 * removal was accepted is not named again in the same round: the provider may take its time to show the effect.
 */
final class RemovalRound {

    private final GroupReader reader;
    private final GroupsClient groups;
    private final StepContext context;
    private final GroupId id;
    private final GroupSnapshot validated;
    private final boolean byName;
    private final Set<MemberId> done = new HashSet<>();
    private Sighting seen;
    private @Nullable String version;
    private Iterator<MemberRemoval> left;

    RemovalRound(GroupReader reader, GroupsClient groups, StepContext context, Sighting seen) {
        this.reader = reader;
        this.groups = groups;
        this.context = context;
        this.id = context.run().groupId();
        this.validated = context.validated();
        this.byName = context.run().current().sent().rounds() > 0;
        this.seen = seen;
        this.version = seen.group().etag();
        this.left = groups.removals(seen.group().ids(), byName).iterator();
    }

    /** @return how the step goes on; empty when the provider has accepted all that there was to remove */
    Optional<StepResult> sent() {
        Optional<StepResult> end = Optional.empty();
        while (end.isEmpty() && left.hasNext()) {
            end = sent(left.next());
        }
        return end;
    }

    private Optional<StepResult> sent(MemberRemoval removal) {
        var unguarded = version == null ? seen : null;
        return switch (context.sending(unguarded, lastCheck -> groups.remove(id, removal, version, lastCheck))) {
            case GroupChange.Accepted(var etag) -> accepted(removal, etag);
            case GroupChange.NothingToDo nothing -> looked(removal, () -> passedOver(removal));
            case GroupChange.Unknown(var problem, var notBefore) ->
                looked(removal, () -> Optional.of(StepResult.Faulted.later(problem, notBefore)));
            case GroupChange.Refused(var problem) ->
                looked(removal, () -> Optional.of(StepResult.Faulted.later(problem)));
            case GroupChange.Absent absent ->
                looked(removal, () -> Optional.of(StepResult.Faulted.later(contradicted())));
            case GroupChange.VersionConflict(var problem) -> {
                context.withdraw();
                yield Optional.of(changed(problem));
            }
            case GroupChange.Conflict conflict -> {
                context.withdraw();
                var ifGone = context.run().outcomeIfAbsent();
                yield Optional.of(Conflicts.settled(reader.read(id), seen.group(), conflict, ifGone));
            }
        };
    }

    private Optional<StepResult> accepted(MemberRemoval removal, @Nullable String etag) {
        done.addAll(removal.members());
        context.accepted(removal.members().size());
        boolean holds = version == null ? seen.isFresh() : etag != null;
        version = etag;
        return holds || !left.hasNext() ? Optional.empty() : looked();
    }

    /** The provider says that there is nothing to remove, though it shows the members: the last read will tell. */
    private Optional<StepResult> passedOver(MemberRemoval removal) {
        done.addAll(removal.members());
        layOut();
        return Optional.empty();
    }

    /** Only a read tells what came of a removal; those of whom it has had none of the effect are still all there. */
    private Optional<StepResult> looked(MemberRemoval unsettled, Supplier<Optional<StepResult>> ifStillThere) {
        var end = looked();
        return end.isEmpty() && seen.group().ids().containsAll(unsettled.members()) ? ifStillThere.get() : end;
    }

    private Optional<StepResult> looked() {
        var now = reader.look(id);
        if (now.isEmpty()) {
            return Optional.of(RemoveMembers.vanished(context));
        }
        seen = now.get();
        layOut();
        return RemoveMembers.isSettled(validated, seen.group())
                ? Optional.of(RemoveMembers.settled(validated, seen.group()))
                : Optional.empty();
    }

    /** Whoever is still there and was not removed yet, in the same order as before. */
    private void layOut() {
        version = seen.group().etag();
        var members = new HashSet<>(seen.group().ids());
        members.removeAll(done);
        left = groups.removals(members, byName).iterator();
    }

    private static Problem contradicted() {
        return new Problem(
                ProblemType.UPSTREAM_INVALID_RESPONSE,
                "The provider answered the removal of members as if there were no group, but shows the group with them.",
                "Compare the provider's API with deprovisioner.scim.*, then post again.");
    }

    private StepResult changed(Problem problem) {
        return done.isEmpty()
                ? new StepResult.Changed(problem, 0)
                : reader.read(id)
                        .<StepResult>map(group -> new StepResult.Changed(problem, group.membersGoneSince(validated)))
                        .orElseGet(() -> RemoveMembers.vanished(context));
    }
}
