package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.schedule.Lease;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The last check before a destructive request is sent: what was right when it was decided may have changed since. */
public final class ChangeGuard {

    private final Lease lease;
    private final ReadSnapshot basis;
    private final boolean byName;
    private final BooleanSupplier current;

    /**
     * @param basis the read that the change is based on
     * @param byName whether the request can remove no other members than those that it names
     * @param current whether the run is stored as this process has saved it last
     */
    ChangeGuard(Lease lease, ReadSnapshot basis, boolean byName, BooleanSupplier current) {
        this.lease = lease;
        this.basis = basis;
        this.byName = byName;
        this.current = current;
    }

    /**
     * @param longest the longest time that the request may take
     * @throws Fault if the request must not be sent any more
     */
    public void check(Duration longest) {
        requireLease(longest);
        requireRecentRead();
        requireOwnership();
    }

    /** The run may have been abandoned while the request waited for its permit. */
    private void requireOwnership() {
        if (!current.getAsBoolean()) {
            throw notOwned();
        }
    }

    /** A process that may have lost the run to another one, or is about to stop, sends nothing more. */
    private void requireLease(Duration longest) {
        if (lease.left().compareTo(longest) <= 0) {
            throw notOwned();
        }
    }

    /** No interruption: the thread goes on, and saves that the run waits if it still owns it. */
    private static Fault notOwned() {
        return new Fault(UpstreamProblems.ownershipUnconfirmed(), Fault.Recovery.RETRY_UNCOUNTED);
    }

    /** A request that waited too long for its permit needs a fresh read. */
    private void requireRecentRead() {
        if (basis.isTooOldToSend(byName)) {
            var problem = UpstreamProblems.permitTooLate();
            throw new Fault(problem, Fault.Recovery.RETRY);
        }
    }
}
