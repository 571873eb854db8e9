package dev.deprovisioner.connection;

import static dev.deprovisioner.connection.FindingCode.ABSENCE_NOT_RECOGNISED;
import static dev.deprovisioner.connection.FindingCode.ABSENCE_RECOGNISED;
import static dev.deprovisioner.connection.FindingCode.DEPENDENCY_CHECK_NOT_TRIED;
import static dev.deprovisioner.connection.FindingCode.DEPENDENCY_CHECK_UNKNOWN;
import static dev.deprovisioner.connection.FindingCode.DEPENDENCY_CHECK_WORKS;
import static dev.deprovisioner.connection.FindingCode.GROUP_ABSENT;
import static dev.deprovisioner.connection.FindingCode.GROUP_SHOWN;
import static dev.deprovisioner.connection.FindingCode.GROUP_UNPROVEN;
import static dev.deprovisioner.connection.FindingCode.RUN_BLOCKED;
import static dev.deprovisioner.connection.FindingCode.VERSION_NOT_SHOWN;
import static dev.deprovisioner.connection.FindingCode.VERSION_SHOWN;

import dev.deprovisioner.dependency.CheckTrial;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges what the reads of a group show, besides its members. */
final class GroupFindings {

    private static final String PLAIN_NOT_FOUND = "deprovisioner.scim.plain-not-found";
    private static final String NO_GROUP = "An id that no group has: ";

    private GroupFindings() {}

    static Finding shown() {
        return Finding.ok(GROUP_SHOWN, "The provider shows the group.");
    }

    static Finding absent() {
        return Finding.warning(GROUP_ABSENT, "The provider has no group of this id. Check the id.", null);
    }

    /** @param problem why the answers prove neither that the group is there nor that it is gone */
    static Finding unproven(Problem problem) {
        var detail = FaultFindings.ofProblem(problem);
        return interfacesDiffer(problem)
                ? Finding.warning(
                        GROUP_UNPROVEN,
                        detail + " Perhaps a deletion is under way, or one of the two does not show this group to the"
                                + " client. Check again in a minute. While the two differ, a run changes nothing.",
                        null)
                : Finding.warning(GROUP_UNPROVEN, detail, PLAIN_NOT_FOUND);
    }

    /** Whether each answer is clear, and SCIM and the provider's own API contradict each other. */
    private static boolean interfacesDiffer(Problem problem) {
        return problem.type() == ProblemType.GROUP_NOT_FOUND;
    }

    static Finding version(@Nullable String etag) {
        return etag == null
                ? Finding.ok(VERSION_NOT_SHOWN, "The group has no version. The service relies on fresh reads instead.")
                : Finding.ok(
                        VERSION_SHOWN, "The group has a version. The service sends it with its changes over SCIM.");
    }

    /** @param doubt why the answer for an id that no group has proves nothing; empty if it proves the absence */
    static Finding absence(Optional<Problem> doubt) {
        return doubt.map(problem -> Finding.warning(
                        ABSENCE_NOT_RECOGNISED,
                        NO_GROUP + FaultFindings.ofProblem(problem),
                        interfacesDiffer(problem) ? null : PLAIN_NOT_FOUND))
                .orElseGet(() -> Finding.ok(
                        ABSENCE_RECOGNISED, NO_GROUP + "The provider's answer proves that the group does not exist."));
    }

    /** The answer for an id that no group has is no 404. An outage says nothing about that. */
    static Finding absence(Fault fault, FaultFindings faults) {
        var finding = faults.of("An id that no group has", FindingStatus.WARNING, fault);
        return FaultFindings.isOutage(finding)
                ? finding
                : Finding.warning(ABSENCE_NOT_RECOGNISED, finding.detail(), null);
    }

    /** @param types of what would block a run of the group, from closed sets; without any, there is no finding */
    static Optional<Finding> blocked(List<String> types) {
        return types.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        RUN_BLOCKED,
                        "A run of the group would be BLOCKED: " + String.join(", ", types)
                                + ". It would change nothing. Its problem and its blockers say what to do.",
                        null));
    }

    static Finding trial(CheckTrial trial) {
        var check = "The check " + trial.check();
        return switch (trial.result()) {
            case CheckTrial.Works(var found, var blockers) ->
                Finding.ok(
                        DEPENDENCY_CHECK_WORKS, check + " works. It finds " + (found == 0 ? "nothing" : found) + ".");
            case CheckTrial.NotTried none ->
                Finding.ok(
                        DEPENDENCY_CHECK_NOT_TRIED,
                        check + " was not tried: no member is shown. Check a group that has a member.");
            case CheckTrial.Unclear(var why, var blockers) ->
                Finding.warning(
                        DEPENDENCY_CHECK_UNKNOWN, check + " cannot rule out dependencies. " + why, trial.setting());
        };
    }
}
