package dev.deprovisioner.schedule;

import java.util.List;
import java.util.stream.Stream;

/** Reserved workers for tasks that a test names. */
record Reserved(int number, List<TaskId> tasks) implements ReservedWorkers {

    Reserved(int number, String... tasks) {
        this(number, Stream.of(tasks).map(TaskId::new).toList());
    }

    @Override
    public List<TaskId> next(int most) {
        return tasks.stream().limit(most).toList();
    }
}
