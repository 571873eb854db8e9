package dev.deprovisioner.connection;

import dev.deprovisioner.dependency.CheckTrial;
import dev.deprovisioner.dependency.CheckedGroup;
import dev.deprovisioner.dependency.Trials;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.policy.CallerGroups;
import dev.deprovisioner.policy.MemberLimit;
import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.scim.GroupEvidence;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.NativeGroup;
import dev.deprovisioner.scim.PriorEvidence;
import dev.deprovisioner.upstream.ProviderIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at one group as a run would, as far as the caller is allowed to. */
@Component
class GroupInspection {

    private static final String GROUP = "The group";

    private final GroupsClient groups;
    private final Trials trials;
    private final CallerGroups callers;
    private final PriorEvidence prior;
    private final MemberFindings members;
    private final FaultFindings faults;

    GroupInspection(
            GroupsClient groups,
            Trials trials,
            CallerGroups callers,
            MemberLimit limit,
            MemberFindings members,
            ProviderIdentity identity) {
        this.groups = groups;
        this.trials = trials;
        this.callers = callers;
        this.prior = new PriorEvidence(false, () -> false, limit.mostMembers());
        this.members = members;
        this.faults = new FaultFindings(identity);
    }

    /** Requires that the caller may manage some group. For this group, that is decided once its name is known. */
    void requireKnown(Caller caller) {
        if (!callers.mayManageAny(caller)) {
            throw forbidden();
        }
    }

    /** @throws ProblemException if the caller is not allowed to manage the group; then nothing of it is shown */
    List<Finding> inspect(Caller caller, GroupId id) {
        GroupEvidence evidence;
        try {
            evidence = groups.read(id, prior);
        } catch (Fault fault) {
            requireAllowed(caller, id, null);
            return List.of(faults.of(GROUP, FindingStatus.FAILED, fault));
        }
        return switch (evidence) {
            case GroupEvidence.Present present -> shown(caller, present);
            case GroupEvidence.Absent absent -> notShown(caller, id, GroupFindings.absent());
            case GroupEvidence.OnlyInOwnApi(var group, var sentAt, var problem) ->
                notShown(caller, id, GroupFindings.unproven(problem));
            case GroupEvidence.Unproven(var problem) -> notShown(caller, id, GroupFindings.unproven(problem));
        };
    }

    /** Its name is unknown, so only its id can match. */
    private List<Finding> notShown(Caller caller, GroupId id, Finding finding) {
        requireAllowed(caller, id, null);
        return List.of(finding, absence());
    }

    private List<Finding> shown(Caller caller, GroupEvidence.Present present) {
        var group = present.group();
        requireAllowed(caller, group.id(), group.displayName());
        var listed = members.of(present.members());
        var findings =
                new ArrayList<>(List.of(GroupFindings.shown(), listed, GroupFindings.version(group.etag()), absence()));
        var checked = new CheckedGroup(group.id(), present.sentAt(), facts(present.nativeGroup()));
        var tried = trials.of(checked, MemberFindings.firstUser(present.members()));
        tried.stream().map(GroupFindings::trial).forEach(findings::add);
        GroupFindings.blocked(blockers(listed, tried)).ifPresent(findings::add);
        return findings;
    }

    private static List<String> blockers(Finding ofMembers, List<CheckTrial> tried) {
        var ofChecks = tried.stream().map(CheckTrial::blockers).flatMap(List::stream);
        return Stream.concat(MemberFindings.blocker(ofMembers).stream(), ofChecks)
                .toList();
    }

    private Finding absence() {
        try {
            return GroupFindings.absence(
                    groups.doubtOfAbsence(new GroupId(UUID.randomUUID().toString())));
        } catch (Fault fault) {
            return GroupFindings.absence(fault, faults);
        }
    }

    private static CheckedGroup.@Nullable NativeGroup facts(@Nullable NativeGroup group) {
        return group == null
                ? null
                : new CheckedGroup.NativeGroup(group.addressesAs(CheckedGroup.Address::new), group.addressesLeftOut());
    }

    private void requireAllowed(Caller caller, GroupId id, @Nullable String displayName) {
        if (!callers.mayManage(caller, id, displayName)) {
            throw forbidden();
        }
    }

    private static ProblemException forbidden() {
        return new ProblemException(CallerProblems.groupNotAllowed());
    }
}
