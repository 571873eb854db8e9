package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry.Action;

/** The steps of a run, in their order. */
public enum Step {
    VALIDATE(Action.VALIDATE),
    REMOVE_MEMBERS(Action.REMOVE_MEMBERS),
    DELETE_GROUP(Action.DELETE),
    SYNC_DIRECTORY(Action.WEBHOOK);

    private final Action action;

    Step(Action action) {
        this.action = action;
    }

    /** The action of the audit entry for the end of this step. */
    public Action action() {
        return action;
    }

    /** The step after this one; the last is followed by itself. */
    Step next() {
        return switch (this) {
            case VALIDATE -> REMOVE_MEMBERS;
            case REMOVE_MEMBERS -> DELETE_GROUP;
            case DELETE_GROUP, SYNC_DIRECTORY -> SYNC_DIRECTORY;
        };
    }

    /** The state of a step. */
    public enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        SKIPPED
    }
}
