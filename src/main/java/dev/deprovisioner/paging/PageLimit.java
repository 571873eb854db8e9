package dev.deprovisioner.paging;

import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;

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
            throw new ProblemException(RequestProblems.limitOutOfRange(MAX));
        }
    }
}
