package dev.deprovisioner.audit;

import dev.deprovisioner.audit.AuditEntry.Result;

/** The part of a run that the service has deleted, for the details of a {@code PURGE} entry. */
public enum Purged {
    /** The snapshot of the group, and what goes with it. */
    SNAPSHOT,
    /** The run itself, with its deliveries. */
    RUN;

    public Result result() {
        return new Result(null, null, Details.ofPurge(this));
    }
}
