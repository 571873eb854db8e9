package dev.deprovisioner.problem;

import org.jspecify.annotations.Nullable;

/**
 * A failure as a value.
 *
 * @param type the kind
 * @param detail what happened, in words for a person; no name, e-mail, token or upstream URL
 * @param remedy what a person can do, or null if there is nothing to do
 * @param quote what the provider says about it, or null; it may name people: callers get it, and it is never logged
 */
public record Problem(
        ProblemType type,
        String detail,
        @Nullable String remedy,
        @Nullable String quote) {

    public Problem(ProblemType type, String detail) {
        this(type, detail, null);
    }

    public Problem(ProblemType type, String detail, @Nullable String remedy) {
        this(type, detail, remedy, null);
    }
}
