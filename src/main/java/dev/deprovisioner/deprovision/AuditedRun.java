package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.identifier.Caller;
import org.jspecify.annotations.Nullable;

/** The audit entries of a run. */
final class AuditedRun {

    private AuditedRun() {}

    /** Acting is the caller that requested the run. */
    static AuditEntry.Subject subject(Run run) {
        return subject(run, run.request().by());
    }

    static AuditEntry.Subject subject(Run run, Caller actor) {
        return new AuditEntry.Subject(
                run.id(),
                run.groupId(),
                actor,
                run.request().onBehalfOf(),
                run.request().reason());
    }

    static AuditEntry.Result result(Run run) {
        return new AuditEntry.Result(run.recorded().outcome(), run.membersRemoved());
    }

    /** The status of an entry for a step that has ended. */
    static AuditEntry.Status status(Deprovision after) {
        return switch (after.status()) {
            case BLOCKED -> AuditEntry.Status.BLOCKED;
            case FAILED -> AuditEntry.Status.FAILED;
            case SCHEDULED, RUNNING, WAITING, SUCCEEDED, CANCELLED -> AuditEntry.Status.SUCCESS;
        };
    }

    /** Why the run ended or waits; null while it has no problem. */
    static @Nullable String error(Deprovision run) {
        var problem = run.verdict().problem();
        return problem == null ? null : problem.type().slug() + ": " + problem.detail();
    }
}
