package dev.deprovisioner.problem;

import org.jspecify.annotations.Nullable;

/**
 * A failure as a value.
 *
 * @param type the kind
 * @param detail what happened, in words for a person; no name, e-mail, token or upstream URL
 * @param remedy what a person can do, or null if there is nothing to do
 * @param quote what the provider says about it, or null; it may name people: callers get it, and it is never logged
 * @param correlationId the id by which the provider's support finds the request, or null; it names no person
 */
public record Problem(
        ProblemType type,
        String detail,
        @Nullable String remedy,
        @Nullable String quote,
        @Nullable String correlationId) {

    public Problem(ProblemType type, String detail) {
        this(type, detail, null);
    }

    public Problem(ProblemType type, String detail, @Nullable String remedy) {
        this(type, detail, remedy, null);
    }

    public Problem(ProblemType type, String detail, @Nullable String remedy, @Nullable String quote) {
        this(type, detail, remedy, quote, null);
    }

    /**
     * The same problem, of a request that the provider knows by an id.
     *
     * @param id null if it names none
     */
    public Problem correlated(@Nullable String id) {
        return new Problem(type, detail, remedy, quote, id);
    }
}
