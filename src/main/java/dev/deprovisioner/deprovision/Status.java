package dev.deprovisioner.deprovision;

import java.util.EnumSet;
import java.util.Set;

/** The status of a run. */
public enum Status {
    /** Accepted, not started. */
    SCHEDULED,
    RUNNING,
    /** Waiting for its next attempt. */
    WAITING,
    SUCCEEDED,
    /** Refused before any change. */
    BLOCKED,
    /** Gave up. */
    FAILED,
    /** Cancelled by a caller before any change. */
    CANCELLED;

    private static final Set<Status> ACTIVE = EnumSet.of(SCHEDULED, RUNNING, WAITING);

    /** Whether the run has ended and will never change again. */
    public boolean isTerminal() {
        return !ACTIVE.contains(this);
    }

    static Set<Status> active() {
        return EnumSet.copyOf(ACTIVE);
    }

    /** @throws IllegalStateException if the run has ended */
    void requireActive() {
        if (isTerminal()) {
            throw new IllegalStateException("A " + this + " run is over");
        }
    }

    /** @throws IllegalStateException if the run is not running */
    void requireRunning() {
        require(RUNNING);
    }

    /** @throws IllegalStateException if the run has another status */
    void require(Status needed) {
        if (this != needed) {
            throw new IllegalStateException("A " + this + " run is not " + needed);
        }
    }
}
