package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Sighting;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.scim.GroupReading;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.ScimGroup;
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
        long begun = clock.nanos();
        return switch (groups.read(id)) {
            case GroupReading.Absent absent -> Optional.empty();
            case GroupReading.Present(var group) -> Optional.of(new Sighting(snapshot(group), begun, clock));
        };
    }

    private static GroupSnapshot snapshot(ScimGroup group) {
        var members = group.members().stream()
                .map(member -> new GroupSnapshot.Member(member.value(), member.nested()))
                .toList();
        return new GroupSnapshot(group.displayName(), group.externalId(), members, group.etag());
    }
}
