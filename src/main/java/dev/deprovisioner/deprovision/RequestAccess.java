package dev.deprovisioner.deprovision;

import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.ProblemException;
import java.util.function.Predicate;

/**
 * What the caller of a request is allowed to, as far as that is known without a read of the group.
 *
 * @param manages whether the group's id shows that the caller is allowed to manage it. If not, only the group's name can
 *     show it, and the run does not hold the group before a read of it
 * @param sees whether the caller is allowed to see a run of the group
 * @param mostActiveRuns how many runs of the caller are active at the same time, scheduled ones included
 */
public record RequestAccess(boolean manages, Predicate<Run> sees, int mostActiveRuns) {

    /** Whether the caller is to get this run of the group, and no other one of its own. */
    boolean shows(Run run) {
        return manages || sees.test(run);
    }

    /** @throws ProblemException if the caller is not allowed to see the run */
    void requireVisible(Run run) {
        if (!shows(run)) {
            throw new ProblemException(CallerProblems.groupNotAllowed());
        }
    }

    /** @throws ProblemException if the caller has too many active runs to start another one */
    void requireRoom(int activeRuns) {
        if (activeRuns >= mostActiveRuns) {
            throw new ProblemException(CallerProblems.tooManyActiveRuns(mostActiveRuns), CallerProblems.ROOM_LATER);
        }
    }
}
