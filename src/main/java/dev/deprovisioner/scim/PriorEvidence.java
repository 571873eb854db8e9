package dev.deprovisioner.scim;

import java.util.function.BooleanSupplier;

/**
 * What a run knows before a read, which supports or bounds the evidence of the read.
 *
 * @param membersListed whether the run's own snapshot lists a member of this group from the same source
 * @param controlRead reads something else of the provider that answered 200 in this run, and returns whether it does so
 *     again; asked only where the group collection cannot be read
 * @param mostMembers no more members than that are of interest: if a list that is read in pages exceeds it, it ends there
 */
public record PriorEvidence(boolean membersListed, BooleanSupplier controlRead, int mostMembers) {

    /** That of a run that has read nothing yet, without a bound. */
    public static final PriorEvidence NONE = new PriorEvidence(false, () -> false, Integer.MAX_VALUE);
}
