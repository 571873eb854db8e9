package dev.deprovisioner.benchmark.baseline;

import java.time.Duration;

/** {@link EmptyTasks}: takes how many, and answers with how many of them a second were executed. */
public final class EmptyTasksMain {

    private static final Duration DELAY = Duration.ofSeconds(1);

    private EmptyTasksMain() {}

    /** @param arguments an empty database, and how many threads */
    public static void main(String[] arguments) {
        var tasks = new EmptyTasks(arguments[0], Integer.parseInt(arguments[1]));
        Lines.answer(number -> {
            try {
                return tasks.perSecond(Integer.parseInt(number), DELAY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }
}
