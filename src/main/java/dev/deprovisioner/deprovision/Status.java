package dev.deprovisioner.deprovision;

import java.util.EnumSet;
import java.util.Set;

/** Where a run is. */
public enum Status {
    /** Accepted, not started. */
    SCHEDULED,
    RUNNING,
    /** Parked until its next attempt. */
    WAITING,
    SUCCEEDED,
    /** Refused before anything was changed. */
    BLOCKED,
    /** Gave up. */
    FAILED,
    /** Called off by a caller before anything was changed. */
    CANCELLED;

    private static final Set<Status> ACTIVE = EnumSet.of(SCHEDULED, RUNNING, WAITING);

    /** Whether the run has ended and will never change again. */
    public boolean isTerminal() {
        return !ACTIVE.contains(this);
    }

    static Set<Status> active() {
        return EnumSet.copyOf(ACTIVE);
    }
}
