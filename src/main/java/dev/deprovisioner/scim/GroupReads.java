package dev.deprovisioner.scim;

import static dev.deprovisioner.problem.Fault.Recovery.FAIL;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.upstream.ProviderIdentity;
import dev.deprovisioner.upstream.Upstream;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Sends the reads that it takes to say what is known of a group. {@link EvidenceRules} decides what they prove. */
@Component
class GroupReads {

    private final GroupRequests requests;
    private final MemberSource source;
    private final ControlRead control;
    private final NativeGroups nativeGroups;

    GroupReads(Upstream upstream, ProviderIdentity provider, ScimProperties properties, MemberListing listing) {
        this.requests = new GroupRequests(upstream, provider, properties);
        this.source = MemberSource.of(properties, upstream, requests, listing);
        this.control = new ControlRead(upstream, properties);
        this.nativeGroups = new NativeGroups(upstream, properties);
    }

    /**
     * @throws dev.deprovisioner.problem.Fault if the provider gave no answer that states anything
     * @throws org.springframework.dao.DataAccessException if the database does not say whether members are listed
     */
    GroupEvidence read(GroupId id, PriorEvidence prior) {
        return nativeGroups.confirm(id, readOverScim(id, prior));
    }

    /**
     * Why one answer does not prove that this group is absent; empty if it does.
     *
     * @param nonexistent an id that no group has
     * @throws Fault if the provider gave no answer that states anything, or shows a group
     */
    Optional<Problem> doubtOfAbsence(GroupId nonexistent) {
        return switch (requests.ask(nonexistent, PriorEvidence.NONE.mostMembers())) {
            case GroupResponse.Gone gone -> doubtOf(nativeGroups.confirm(nonexistent, new GroupEvidence.Absent()));
            case GroupResponse.Doubtful(var form, var problem) -> Optional.of(problem);
            case GroupResponse.Shown shown ->
                throw new Fault(UpstreamProblems.unusableAnswer("a group for an id that none has", null), FAIL);
        };
    }

    private static Optional<Problem> doubtOf(GroupEvidence confirmed) {
        return switch (confirmed) {
            case GroupEvidence.Absent absent -> Optional.empty();
            case GroupEvidence.Unproven(var problem) -> Optional.of(problem);
            case GroupEvidence.OnlyInOwnApi(var group, var sentAt, var problem) -> Optional.of(problem);
            case GroupEvidence.Present present -> throw new IllegalStateException("an absence shows a group");
        };
    }

    private GroupEvidence readOverScim(GroupId id, PriorEvidence prior) {
        return switch (requests.ask(id, prior.mostMembers())) {
            case GroupResponse.Shown shown -> source.members(id, prior, shown);
            case GroupResponse.Gone gone -> new GroupEvidence.Absent();
            case GroupResponse.Doubtful first -> secondLook(id, prior, first);
        };
    }

    /** Only while the provider itself answers, a second answer says more than the first. */
    private GroupEvidence secondLook(GroupId id, PriorEvidence prior, GroupResponse.Doubtful first) {
        if (!control.isAnswered(prior)) {
            return new GroupEvidence.Unproven(first.problem());
        }
        return switch (requests.ask(id, prior.mostMembers())) {
            case GroupResponse.Shown shown -> source.members(id, prior, shown);
            case GroupResponse.Gone gone -> new GroupEvidence.Absent();
            case GroupResponse.Doubtful second -> EvidenceRules.repeated(first, second);
        };
    }
}
