package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * What decides where in a list a run stands, and who may see it there.
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
