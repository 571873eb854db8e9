package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * The facts that decide the place of a run in a list, and which callers may see it.
 *
 * @param sequence counts the runs in the order of their requests
 * @param displayName the name of the group, null while it is not known
 * @param requestedBy the caller that requested the run
 */
public record RunKey(
        long sequence,
        DeprovisionId id,
        GroupId groupId,
        @Nullable String displayName,
        Caller requestedBy) {}
