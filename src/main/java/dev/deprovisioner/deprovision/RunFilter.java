package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list of runs. A null condition admits every run.
 *
 * @param group the group that the run removes, by any known spelling; then there is no other condition
 * @param status the status of the run now
 * @param requestedBy the caller that requested it
 * @param from requested at this time or later
 * @param to requested before this time
 */
public record RunFilter(
        @Nullable GroupId group,
        @Nullable Status status,
        @Nullable Caller requestedBy,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** @throws IllegalArgumentException if there is a group and another condition */
    public RunFilter {
        boolean more = status != null || requestedBy != null || from != null || to != null;
        if (group != null && more) {
            throw new IllegalArgumentException("A list of one group's runs has no other condition");
        }
    }

    /** All runs of one group. */
    public static RunFilter of(GroupId group) {
        return new RunFilter(group, null, null, null, null);
    }
}
