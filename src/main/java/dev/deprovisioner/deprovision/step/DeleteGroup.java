package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.deprovision.run.StepAction;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.policy.UnlistedMembers;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.scim.GroupChange;
import dev.deprovisioner.scim.GroupsClient;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes the empty group, and believes it only when a read proves that it is gone. */
@Component
class DeleteGroup implements StepAction {

    private static final Logger log = LoggerFactory.getLogger(DeleteGroup.class);

    private final GroupReader reader;
    private final GroupsClient groups;
    private final VerificationSchedule schedule;
    private final UnlistedMembers unlisted;

    DeleteGroup(GroupReader reader, GroupsClient groups, VerificationSchedule schedule, UnlistedMembers unlisted) {
        this.reader = reader;
        this.groups = groups;
        this.schedule = schedule;
        this.unlisted = unlisted;
    }

    @Override
    public Step step() {
        return Step.DELETE_GROUP;
    }

    @Override
    public StepResult perform(StepContext context) {
        if (ValidationAge.isTooOld(context)) {
            return new StepResult.Outdated();
        }
        var lastSeen = context.lastSeen().filter(ReadSnapshot::canDecide);
        return lastSeen.isPresent() ? decide(context, lastSeen.get()) : read(context, seen -> decide(context, seen));
    }

    private StepResult decide(StepContext context, ReadSnapshot seen) {
        var pause = schedule.untilNextRead(context.run().current(), context.now());
        if (pause.isPresent()) {
            return new StepResult.RecheckLater(notVerified(), pause.get());
        }
        return objection(context.validated(), seen.group())
                .orElseGet(() -> seen.canDecide()
                        ? delete(context, seen)
                        : StepResult.UpstreamFault.later(SlowRead.beforeDeletion(seen)));
    }

    /** @return why the group must not be deleted as this read shows it; empty if it may be */
    private Optional<StepResult> objection(GroupSnapshot validated, GroupSnapshot group) {
        var difference = GroupIdentity.difference(validated, group);
        if (difference.isPresent()) {
            return difference;
        }
        boolean asValidated = switch (group.listing()) {
            case COMPLETE -> group.isEmpty();
            case PARTIAL -> false;
            case NONE -> validated.listing() == Listing.NONE;
        };
        if (!asValidated) {
            return Optional.of(new StepResult.Changed(membersJoined()));
        }
        // The deletion takes the memberships along, if the policy still allows that.
        return group.listing() == Listing.NONE && !unlisted.areAllowed()
                ? Optional.of(new StepResult.Changed(MemberProblems.unlistedNoLongerAllowed()))
                : Optional.empty();
    }

    private StepResult delete(StepContext context, ReadSnapshot seen) {
        var id = context.run().providerGroupId();
        var version = usableVersion(context, seen.group());
        return switch (context.send(seen, false, Set.of(), guard -> groups.delete(id, version, guard::check))) {
            case GroupChange.Accepted accepted -> verify(context);
            case GroupChange.Absent absent -> verify(context);
            case GroupChange.NothingToDo nothing -> verify(context);
            case GroupChange.Unknown(var problem, var notBefore) ->
                read(context, group -> StepResult.UpstreamFault.later(problem, notBefore));
            case GroupChange.Refused(var problem) -> read(context, group -> StepResult.UpstreamFault.later(problem));
            case GroupChange.VersionConflict conflict ->
                readUnchanged(context, seen, conflict.problem(), now -> resolve(context, now, version, conflict));
            case GroupChange.Conflict conflict ->
                readUnchanged(context, seen, changed(conflict), now -> repeat(context, conflict));
        };
    }

    /** Null where there is none to send, or where the provider does not accept the one that the group has. */
    private @Nullable String usableVersion(StepContext context, GroupSnapshot group) {
        var version = groups.deletesByVersion() ? group.etag() : null;
        var rejected = context.run().current().sent().rejectedVersion();
        return version != null && version.equals(rejected) ? null : version;
    }

    private StepResult resolve(
            StepContext context, ReadSnapshot now, @Nullable String sentVersion, GroupChange.VersionConflict conflict) {
        if (sentVersion == null) {
            return wasAccepted(context)
                    ? StepResult.UpstreamFault.later(conflict.problem())
                    : ConflictResolution.repeat(context, conflict);
        }
        log.info("Version of the group refused: the next request goes without it");
        context.recordRejectedVersion(sentVersion);
        return decide(context, now);
    }

    /** @param ifUnchanged how the step goes on if the group is as the deletion was decided on */
    private StepResult readUnchanged(
            StepContext context, ReadSnapshot before, Problem changed, Function<ReadSnapshot, StepResult> ifUnchanged) {
        return read(context, now -> {
            withdraw(context);
            return now.group().hasSameMembersAs(before.group()) && !now.group().hasOtherVersionThan(before.group())
                    ? ifUnchanged.apply(now)
                    : new StepResult.Changed(changed);
        });
    }

    /** A provider that deletes later, and not before it answers, may still do so although the group is there. */
    private void withdraw(StepContext context) {
        if (!groups.deletesInOwnApi()) {
            context.withdraw();
        }
    }

    private static StepResult repeat(StepContext context, GroupChange.Conflict conflict) {
        return wasAccepted(context)
                ? StepResult.UpstreamFault.later(changed(conflict))
                : ConflictResolution.repeat(context, conflict);
    }

    /** A deletion that was accepted before may still happen, and be the reason of a conflict. */
    private static boolean wasAccepted(StepContext context) {
        return context.run().current().sent().rounds() > 0;
    }

    private StepResult verify(StepContext context) {
        context.recordRequestAccepted();
        return read(context, group -> lookAgain(context, notVerified()));
    }

    /** Soon while an accepted deletion may still take its time, and as after any other fault when that has passed. */
    private StepResult lookAgain(StepContext context, Problem problem) {
        return schedule.untilNextRead(context.run().current(), context.now())
                .<StepResult>map(pause -> new StepResult.RecheckLater(problem, pause))
                .orElseGet(() -> StepResult.UpstreamFault.later(problem));
    }

    /** @param ifShown how the step goes on while the group is there */
    private StepResult read(StepContext context, Function<ReadSnapshot, StepResult> ifShown) {
        return switch (reader.read(context)) {
            case GroupView.Shown(var id, var snapshot, var members, var nativeGroup) -> ifShown.apply(snapshot);
            case GroupView.Gone gone -> Disappearance.confirm(context);
            case GroupView.Unproven(var problem) -> lookAgain(context, problem);
        };
    }

    private static Problem membersJoined() {
        return RunProblems.membersJoined();
    }

    private static Problem changed(GroupChange.Conflict conflict) {
        return RunProblems.groupChanged(conflict.code(), conflict.words()).correlated(conflict.correlationId());
    }

    private static Problem notVerified() {
        return RunProblems.deletionWithoutEffect();
    }
}
