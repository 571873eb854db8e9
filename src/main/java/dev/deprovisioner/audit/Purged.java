package dev.deprovisioner.audit;

import dev.deprovisioner.audit.AuditEntry.Result;

/** What the service has deleted of a run, as the details of a {@code PURGE} entry say. */
public enum Purged {
    /** The snapshot of the group, and what goes with it. */
    SNAPSHOT,
    /** The run itself, with its deliveries. */
    RUN;

    public Result result() {
        return new Result(null, null, Details.ofPurge(this));
    }
}
