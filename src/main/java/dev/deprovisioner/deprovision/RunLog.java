package dev.deprovisioner.deprovision;

import dev.deprovisioner.audit.AuditEntry.Action;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines about a run that was changed, one a change, written after its commit. */
public final class RunLog {

    private static final Logger log = LoggerFactory.getLogger(RunLog.class);

    private RunLog() {}

    static void logDecision(Action decision, Run run) {
        switch (decision) {
            case REQUEST -> log.info("Run accepted: group {}, run {}", run.groupId(), run.id());
            case ABANDON -> log.warn("Run abandoned: at {}, {}", run.recorded().step(), run.id());
            case REDELIVER -> log.info("Redelivery requested: run {}", run.id());
            default -> log.info("Run changed: {}", run.recorded().status());
        }
    }

    /** @param before the run as the attempt found it, with the step at which it was */
    public static void logAttempt(Deprovision before, Deprovision after) {
        switch (after.status()) {
            case RUNNING ->
                log.info(
                        after.step() == Step.VALIDATE ? "Group changed: {} returns to {}" : "Step done: {}, next {}",
                        before.step(),
                        after.step());
            case WAITING ->
                log.warn(
                        "Step waits: {} until {}, attempt {}, {}",
                        after.step(),
                        after.timeline().nextAttemptAt(),
                        // The run after an attempt that does not count has the number of the one before.
                        before.timeline().attempt(),
                        why(after));
            case SUCCEEDED -> log.info("Run succeeded: {}, {}", after.verdict().outcome(), removal(after.progress()));
            case BLOCKED -> log.warn("Run blocked: nothing was changed, {}", why(after));
            case FAILED -> log.error("Run failed: {}, {}", after.step(), why(after));
            case SCHEDULED ->
                log.info("Run admitted: it starts at {}", after.timeline().nextAttemptAt());
            case CANCELLED -> log.info("Run changed: {}", after.status());
        }
    }

    private static String removal(Progress progress) {
        return progress.hasUnlistedMembers()
                ? "members not seen"
                : Objects.requireNonNullElse(progress.membersRemoved(), 0) + " member(s) removed";
    }

    private static String why(Deprovision run) {
        var problem = run.verdict().problem();
        var id = problem == null ? null : problem.correlationId();
        return AuditedRun.error(run) + (id == null ? "" : " (correlation id " + id + ")");
    }
}
