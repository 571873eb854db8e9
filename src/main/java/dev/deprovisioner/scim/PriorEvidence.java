package dev.deprovisioner.scim;

import java.util.function.BooleanSupplier;

/**
 * The evidence of a run that supports the evidence of a read.
 *
 * @param membersListed whether the run's own snapshot lists a member of this group from the same source
 * @param controlRead repeats another read that had the answer 200 in this run, and returns whether it has it again.
 *     Used only if the group collection cannot be read
 */
public record PriorEvidence(boolean membersListed, BooleanSupplier controlRead) {

    /** That of a run that has read nothing yet. */
    public static final PriorEvidence NONE = new PriorEvidence(false, () -> false);
}
