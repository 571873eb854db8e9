package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.deprovision.run.ReadSnapshot;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.MemberRemoval;
import java.time.Duration;

/** A read of the group that took so long that a change cannot be decided on it, not even at its end. */
final class SlowRead {

    private SlowRead() {}

    /**
     * Names alone do not make a removal safe: one that a provider may take for the removal of all members is decided on the
     * same reads as the removal of all.
     */
    static boolean canDecide(MemberRemoval removal, ReadSnapshot seen) {
        return removal.onlyThem() ? seen.canDecideByName() : seen.canDecide();
    }

    /** @param seen has just ended */
    static Problem before(MemberRemoval removal, ReadSnapshot seen) {
        long longest = seconds(removal.onlyThem() ? ReadSnapshot.LASTS_FOR_NAMED : ReadSnapshot.DECIDES_FOR);
        return removal.named()
                ? UpstreamProblems.readTooSlow(seconds(seen.age()), longest)
                : UpstreamProblems.readTooSlowForAll(seconds(seen.age()), longest);
    }

    /** @param seen has just ended */
    static Problem beforeDeletion(ReadSnapshot seen) {
        return UpstreamProblems.readTooSlow(seconds(seen.age()), seconds(ReadSnapshot.DECIDES_FOR));
    }

    private static long seconds(Duration time) {
        return time.toSeconds();
    }
}
