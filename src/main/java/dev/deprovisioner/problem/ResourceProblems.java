package dev.deprovisioner.problem;

/** The texts of problems of the run or webhook that a request names: it does not exist, or its state does not permit it. */
public final class ResourceProblems {

    private static final String AFTER_UPDATE = "Send the request again when the update of the service is complete.";

    private ResourceProblems() {}

    public static Problem runNeverRequested() {
        return new Problem(
                ProblemType.NOT_FOUND,
                "No de-provision of this group was ever requested.",
                "Check the group id, or request a de-provision with POST /deprovisions/{groupId}.");
    }

    public static Problem runNotFound() {
        return new Problem(
                ProblemType.NOT_FOUND,
                "The group has no run of this id.",
                "Look for the run with GET /deprovisions/{groupId}/runs.");
    }

    public static Problem webhookNotFound() {
        return new Problem(
                ProblemType.NOT_FOUND, "No webhook has this id.", "Look for the webhook with GET /webhook-deliveries.");
    }

    public static Problem webhookOfNewerVersion() {
        return new Problem(
                ProblemType.CONFLICT, "Only a newer version of the service can deliver this webhook.", AFTER_UPDATE);
    }

    public static Problem runOfNewerVersion() {
        return new Problem(ProblemType.CONFLICT, "A newer version of the service works on the run.", AFTER_UPDATE);
    }

    public static Problem startDiffers() {
        return new Problem(
                ProblemType.CONFLICT,
                "The group has an active run with another notBefore.",
                "Omit notBefore to get that run, or cancel it first with DELETE.");
    }

    /** @param status the last status of the run */
    public static Problem runEnded(String status) {
        return new Problem(
                ProblemType.CONFLICT,
                "The latest run has already ended: " + status + ".",
                "Read the run with GET, then decide.");
    }

    /** @param step the current step of the run */
    public static Problem runChangesGroup(String step) {
        return new Problem(
                ProblemType.CONFLICT,
                "The run has begun to change the group, at " + step + ".",
                "Wait for the end of the run: a cancellation now would leave the group half removed.");
    }

    public static Problem runChangedNothing() {
        return new Problem(
                ProblemType.CONFLICT,
                "The run has changed nothing yet.",
                "Cancel it with DELETE /deprovisions/{groupId}.");
    }

    public static Problem idempotencyKeyReused() {
        return new Problem(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "The Idempotency-Key was sent with another group or body within 24 hours.",
                "Send a new key with each new request.");
    }
}
