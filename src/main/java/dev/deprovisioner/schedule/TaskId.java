package dev.deprovisioner.schedule;

/**
 * Names a task within its queue.
 *
 * @param value 1 to 100 characters, as in the table
 */
public record TaskId(String value) {

    private static final int MAX_LENGTH = 100;

    /** @throws IllegalArgumentException if the value does not fit the table */
    public TaskId {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("The id of a task has 1 to 100 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
