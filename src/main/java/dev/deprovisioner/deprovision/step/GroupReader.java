package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.dependency.Dependencies;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.policy.MemberLimit;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.scim.GroupEvidence;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberEvidence;
import dev.deprovisioner.scim.NativeGroup;
import dev.deprovisioner.scim.PriorEvidence;
import dev.deprovisioner.scim.ScimGroup;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads the group of a run, with what the run knows already, and records what the read shows. */
@Component
class GroupReader {

    private final GroupsClient groups;
    private final Dependencies dependencies;
    private final MemberLimit limit;
    private final MonotonicClock clock;
    private final GroupSnapshot.Settings settings;

    GroupReader(GroupsClient groups, Dependencies dependencies, MemberLimit limit, MonotonicClock clock) {
        this.groups = groups;
        this.dependencies = dependencies;
        this.limit = limit;
        this.clock = clock;
        this.settings = new GroupSnapshot.Settings(
                groups.readSettings().provider(), groups.readSettings().listing());
    }

    /** Asks nothing where the group was validated at another provider: it would be another group. */
    GroupView read(StepContext context) {
        return context.findValidated().filter(this::isFromOtherProvider).isPresent()
                ? new GroupView.Unproven(RunProblems.otherProvider())
                : readHere(context);
    }

    /** Whether a group was read at another API, or as another client, than groups are read now. */
    boolean isFromOtherProvider(GroupSnapshot group) {
        return group.isFromOtherProvider(settings);
    }

    private GroupView readHere(StepContext context) {
        return switch (groups.read(id(context.run()), prior(context))) {
            case GroupEvidence.Absent absent -> new GroupView.Gone();
            case GroupEvidence.Unproven(var problem) -> new GroupView.Unproven(problem);
            case GroupEvidence.OnlyInOwnApi left -> onlyInOwnApi(context, left);
            case GroupEvidence.Present(var group, var members, var sentAt, var nativeGroup) -> {
                var shown = snapshot(group, members);
                context.recordRead(shown);
                yield new GroupView.Shown(group.id(), new ReadSnapshot(shown, sentAt, clock), members, nativeGroup);
            }
        };
    }

    /**
     * A deletion of this run may have reached SCIM only. Both APIs have shown the group without members before it, so the
     * count of the own API is enough to send it again.
     */
    private GroupView onlyInOwnApi(StepContext context, GroupEvidence.OnlyInOwnApi left) {
        var group = left.group();
        var snapshot = new GroupSnapshot(
                group.name(), null, List.of(), null, Listing.COMPLETE, groups.membersSource(), settings);
        if (!isLeftByDeletion(context, group, snapshot)) {
            return new GroupView.Unproven(left.problem());
        }
        context.recordRead(snapshot);
        return new GroupView.Shown(
                context.run().providerGroupId(),
                new ReadSnapshot(snapshot, left.sentAt(), clock),
                new MemberEvidence.Listed(List.of()),
                group);
    }

    private boolean isLeftByDeletion(StepContext context, NativeGroup group, GroupSnapshot snapshot) {
        var run = context.run();
        return run.step() == Step.DELETE_GROUP
                && run.hasDeleteIntent()
                && groups.deletesInOwnApi()
                && group.isEmpty()
                && group.name() != null
                && GroupIdentity.difference(context.validated(), snapshot).isEmpty();
    }

    /** A validation asks for the id that the caller wrote: only the provider says which group that is. */
    private static GroupId id(Deprovision run) {
        return run.step() == Step.VALIDATE ? run.groupId() : run.providerGroupId();
    }

    private PriorEvidence prior(StepContext context) {
        var listed = context.findValidated().stream()
                .filter(group -> group.listsMembersUnder(settings))
                .flatMap(group -> group.members().stream())
                .toList();
        return new PriorEvidence(
                !listed.isEmpty(),
                () -> listed.stream()
                        .filter(member -> !member.nested())
                        .findFirst()
                        .filter(member -> dependencies.answersFor(member.value()))
                        .isPresent(),
                limit.mostMembers());
    }

    private GroupSnapshot snapshot(ScimGroup group, MemberEvidence evidence) {
        return switch (evidence) {
            case MemberEvidence.Listed(var members) -> snapshot(group, members, Listing.COMPLETE);
            case MemberEvidence.Incomplete(var shown, var problem) -> snapshot(group, shown, Listing.PARTIAL);
            case MemberEvidence.NotListed notListed -> snapshot(group, List.of(), Listing.NONE);
        };
    }

    private GroupSnapshot snapshot(ScimGroup group, List<ScimGroup.Member> members, Listing listing) {
        var snapshots = members.stream()
                .map(member -> new GroupSnapshot.Member(member.value(), member.nested()))
                .toList();
        return new GroupSnapshot(
                group.displayName(),
                group.externalId(),
                snapshots,
                group.etag(),
                listing,
                groups.membersSource(),
                settings);
    }
}
