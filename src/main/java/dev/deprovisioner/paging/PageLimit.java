package dev.deprovisioner.paging;

import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ProblemType;

/**
 * How many items a page of a list has at most.
 *
 * @param value from 1 to {@value #MAX}
 */
public record PageLimit(int value) {

    public static final int MAX = 1000;

    /** @throws ProblemException if the value is out of its range */
    public PageLimit {
        if (value < 1 || value > MAX) {
            throw new ProblemException(new Problem(
                    ProblemType.INVALID_REQUEST, "limit is from 1 to " + MAX + ".", "Ask for fewer items."));
        }
    }
}
