package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.Problem;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** The audit entries of a run. */
final class AuditedRun {

    /** The member of {@code details} with the provider's id of the request that the problem comes from. */
    private static final String CORRELATION_ID = "correlation_id";

    /** The member of {@code details} with the number of destructive requests that the provider certainly did not act on. */
    private static final String CHANGES_REFUSED = "changes_refused";

    private AuditedRun() {}

    /** Acting is the caller that requested the run. */
    static AuditEntry.Subject subject(Run run) {
        return subject(run, run.request().by());
    }

    static AuditEntry.Subject subject(Run run, Caller actor) {
        return subject(run, actor, run.request().reason());
    }

    static AuditEntry.Subject subject(Run run, Caller actor, @Nullable String reason) {
        return new AuditEntry.Subject(
                run.id(), run.groupId(), actor, run.request().onBehalfOf(), reason);
    }

    static AuditEntry.Result result(Run run) {
        return new AuditEntry.Result(run.recorded().outcome(), run.membersRemoved());
    }

    /**
     * The result of a step. It says so where members were not read in the group's own list, and which request of the provider
     * a problem is about.
     *
     * @param problem what stands against the run; null for nothing
     */
    static AuditEntry.Result stepResult(Deprovision run, @Nullable Problem problem) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        var progress = run.progress();
        var source = progress.membersSource();
        if (source != null && (!source.equals("group") || progress.hasUnlistedMembers())) {
            details.put("members_source", source);
            details.put("members_listed", progress.membersListed());
        }
        if (problem != null && problem.correlationId() != null) {
            details.put(CORRELATION_ID, problem.correlationId());
        }
        return new AuditEntry.Result(
                run.recorded().outcome(), run.membersRemoved(), details.isEmpty() ? null : details);
    }

    /**
     * The result of a cancellation. No step has ended with the requests that the provider refused, so this entry counts them,
     * and has the provider's id of the one that the run waited for.
     */
    static AuditEntry.Result cancellation(Deprovision cancelled) {
        int refused = cancelled.steps().refusals();
        var problem = cancelled.verdict().problem();
        var details = new LinkedHashMap<String, @Nullable Object>();
        if (refused > 0) {
            details.put(CHANGES_REFUSED, refused);
        }
        if (refused > 0 && problem != null && problem.correlationId() != null) {
            details.put(CORRELATION_ID, problem.correlationId());
        }
        return new AuditEntry.Result(null, cancelled.membersRemoved(), details.isEmpty() ? null : details);
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
