package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.GroupChange;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberRemoval;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the removals of a group, one after the other, each on a read that is recent enough. A member whose removal was
 * accepted is not named again in the same round: the provider may take its time to show the effect.
 */
final class RemovalRound {

    private static final Logger log = LoggerFactory.getLogger(RemovalRound.class);

    private final GroupReader reader;
    private final GroupsClient groups;
    private final StepContext context;
    private final GroupSnapshot validated;
    private final Set<MemberId> accepted = new HashSet<>();
    private final Set<MemberId> refused = new LinkedHashSet<>();
    private final Deque<MemberRemoval> left = new ArrayDeque<>();
    private ReadSnapshot seen;
    private @Nullable String version;

    RemovalRound(GroupReader reader, GroupsClient groups, StepContext context, ReadSnapshot seen) {
        this.reader = reader;
        this.groups = groups;
        this.context = context;
        this.validated = context.validated();
        this.seen = seen;
        planRemaining();
    }

    /** Members that the provider refuses to remove, each tried alone. */
    Set<MemberId> refused() {
        return refused;
    }

    /** @return how the step goes on; empty when everything was sent, and the provider has accepted or refused it */
    Optional<StepResult> send() {
        Optional<StepResult> end = Optional.empty();
        while (end.isEmpty() && !left.isEmpty()) {
            context.yieldWorkerIfNeeded();
            end = SlowRead.canDecide(left.getFirst(), seen) ? Optional.empty() : reread();
            if (end.isEmpty() && !left.isEmpty()) {
                end = send(left.removeFirst());
            }
        }
        return end;
    }

    private Optional<StepResult> send(MemberRemoval removal) {
        if (!SlowRead.canDecide(removal, seen)) {
            return Optional.of(StepResult.UpstreamFault.later(SlowRead.before(removal, seen)));
        }
        if (!removal.onlyThem() && seen.group().listing() != Listing.COMPLETE) {
            // It may remove members that this read does not show, and that were not validated.
            return Optional.of(StepResult.UpstreamFault.later(partlyListed()));
        }
        var sentVersion = usableVersion();
        var id = context.run().providerGroupId();
        var change = context.send(
                seen,
                removal.onlyThem(),
                removal.members(),
                guard -> groups.remove(id, removal, sentVersion, guard::check));
        return after(removal, sentVersion, change);
    }

    /** @param sentVersion null if the removal was sent without one */
    private Optional<StepResult> after(MemberRemoval removal, @Nullable String sentVersion, GroupChange change) {
        return switch (change) {
            case GroupChange.Accepted(var etag) -> {
                accepted.addAll(removal.members());
                context.recordAcceptedMembers(removal.members().size());
                version = etag;
                yield Optional.empty();
            }
            case GroupChange.NothingToDo nothing -> skipIfStillThere(removal);
            case GroupChange.Absent absent ->
                rereadAfter(removal, () -> StepResult.UpstreamFault.later(contradiction()));
            case GroupChange.Unknown(var problem, var notBefore) ->
                rereadAfter(removal, () -> StepResult.UpstreamFault.later(problem, notBefore));
            case GroupChange.Refused(var problem) -> {
                context.withdraw();
                yield narrow(removal, problem);
            }
            case GroupChange.VersionConflict conflict -> resolve(sentVersion, conflict);
            case GroupChange.Conflict conflict ->
                rereadUnchanged(conflictProblem(conflict), () -> ConflictResolution.repeat(context, conflict));
        };
    }

    /** Null where the provider does not accept the version that the group has. */
    private @Nullable String usableVersion() {
        var rejected = context.run().current().sent().rejectedVersion();
        return version != null && version.equals(rejected) ? null : version;
    }

    /** Only a read shows what came of a removal. */
    private Optional<StepResult> rereadAfter(MemberRemoval removal, Supplier<StepResult> ifStillThere) {
        var end = reread();
        boolean hadNoEffect = seen.group().ids().containsAll(removal.members());
        return end.isEmpty() && hadNoEffect ? Optional.of(ifStillThere.get()) : end;
    }

    /** The provider says that there is nothing to remove: if it shows the members all the same, the read back decides. */
    private Optional<StepResult> skipIfStillThere(MemberRemoval removal) {
        var end = reread();
        if (end.isEmpty() && seen.group().ids().containsAll(removal.members())) {
            accepted.addAll(removal.members());
            planRemaining();
        }
        return end;
    }

    /** Finds the member who is refused by halving; goes on with the others if a member has left the group meanwhile. */
    private Optional<StepResult> narrow(MemberRemoval removal, Problem problem) {
        var before = seen.group().ids();
        var planned = List.copyOf(left);
        var end = reread();
        if (end.isPresent() || !seen.group().ids().equals(before)) {
            return end;
        }
        if (!removal.named()) {
            return Optional.of(StepResult.UpstreamFault.later(problem));
        }
        left.clear();
        left.addAll(planned);
        var members = removal.members();
        if (members.size() == 1) {
            refused.addAll(members);
            context.recordRefusedMembers(members);
        } else {
            int half = members.size() / 2;
            planFirst(members.subList(half, members.size()));
            planFirst(members.subList(0, half));
        }
        return Optional.empty();
    }

    private void planFirst(Collection<MemberId> members) {
        groups.removals(members, true).reversed().forEach(left::addFirst);
    }

    private Optional<StepResult> resolve(@Nullable String sentVersion, GroupChange.VersionConflict conflict) {
        return rereadUnchanged(conflict.problem(), () -> {
            if (sentVersion == null) {
                return ConflictResolution.repeat(context, conflict);
            }
            log.info("Version of the group refused: the next request goes without it");
            context.recordRejectedVersion(sentVersion);
            return null;
        });
    }

    /**
     * Reads the group after a conflict. If the change had an effect all the same, the round continues with the
     * remaining members.
     *
     * @param changed why the run goes back if the group is another one
     * @param ifUnchanged how the step ends if the group is as it was; null if it goes on
     */
    private Optional<StepResult> rereadUnchanged(Problem changed, Supplier<@Nullable StepResult> ifUnchanged) {
        var before = seen.group();
        var end = reread();
        if (end.isPresent() || !seen.group().hasSameMembersAs(before)) {
            return end;
        }
        context.withdraw();
        return seen.group().hasOtherVersionThan(before)
                ? Optional.of(new StepResult.Changed(changed))
                : Optional.ofNullable(ifUnchanged.get());
    }

    private Optional<StepResult> reread() {
        return switch (reader.read(context)) {
            case GroupView.Gone gone -> Optional.of(Disappearance.confirm(context));
            case GroupView.Unproven(var problem) -> Optional.of(StepResult.UpstreamFault.later(problem));
            case GroupView.Shown(var id, var snapshot, var members, var nativeGroup) -> {
                seen = snapshot;
                planRemaining();
                yield RemovalOutcome.of(validated, seen);
            }
        };
    }

    /** The members who are still there and were not handled yet, in the same order as before. */
    private void planRemaining() {
        version = seen.group().etag();
        var members = new HashSet<>(seen.group().ids());
        members.removeAll(accepted);
        members.removeAll(refused);
        left.clear();
        left.addAll(groups.removals(members, isByName()));
    }

    /** What the first round has left behind is named, and so are the members that an incomplete read shows. */
    private boolean isByName() {
        return context.run().current().sent().rounds() > 0 || seen.group().listing() != Listing.COMPLETE;
    }

    private static Problem partlyListed() {
        return MemberProblems.membersPartlyListed();
    }

    private static Problem conflictProblem(GroupChange.Conflict conflict) {
        return RunProblems.groupChanged(conflict.code(), conflict.words()).correlated(conflict.correlationId());
    }

    private static Problem contradiction() {
        return UpstreamProblems.removalContradicted();
    }
}
