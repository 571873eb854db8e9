package dev.deprovisioner.schedule;

import java.util.List;

/** Workers of a process that are kept for owners who have no task in work there. */
public interface ReservedWorkers {

    /** At least 0, and fewer than there are workers. */
    int number();

    /**
     * The tasks that these workers begin next: due, in work nowhere, and one of each such owner.
     *
     * @param most at least 1
     */
    List<TaskId> next(int most);
}
