package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Sighting;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.scim.GroupEvidence;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.MemberEvidence;
import dev.deprovisioner.scim.PriorEvidence;
import dev.deprovisioner.scim.ScimGroup;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads a group as the workflow sees it. */
@Component
class GroupReader {

    private final GroupsClient groups;
    private final MonotonicClock clock;

    GroupReader(GroupsClient groups, MonotonicClock clock) {
        this.groups = groups;
        this.clock = clock;
    }

    /** The group, or empty if there certainly is none. */
    Optional<GroupSnapshot> read(GroupId id) {
        return look(id).map(Sighting::group);
    }

    /** The same, with the time that it was read at. */
    Optional<Sighting> look(GroupId id) {
        return switch (groups.read(id, PriorEvidence.NONE)) {
            case GroupEvidence.Absent absent -> Optional.empty();
            case GroupEvidence.Unproven unproven -> Optional.empty();
            case GroupEvidence.Present(var group, var members, var sentAt) ->
                Optional.of(new Sighting(snapshot(group, members), sentAt, clock));
        };
    }

    private static GroupSnapshot snapshot(ScimGroup group, MemberEvidence evidence) {
        var members = evidence instanceof MemberEvidence.Listed(var listed) ? listed : List.<ScimGroup.Member>of();
        return new GroupSnapshot(
                group.displayName(),
                group.externalId(),
                members.stream()
                        .map(member -> new GroupSnapshot.Member(member.value(), member.nested()))
                        .toList(),
                group.etag());
    }
}
