package dev.deprovisioner.problem;

import org.jspecify.annotations.Nullable;

/**
 * A run's problem as it is stored, for showing only: a newer version may have written it.
 *
 * @param type as {@link ProblemType} names it, or a newer version
 * @param detail what happened, in words for a person
 * @param remedy what a person can do, or null
 * @param quote what the provider says about it, or null; it may name people
 * @param correlationId the provider's id of the request, or null
 */
public record RecordedProblem(
        String type,
        String detail,
        @Nullable String remedy,
        @Nullable String quote,
        @Nullable String correlationId) {

    public static RecordedProblem of(Problem problem) {
        return new RecordedProblem(
                problem.type().name(), problem.detail(), problem.remedy(), problem.quote(), problem.correlationId());
    }

    /** Without what the provider says, and without its id of the request. */
    public RecordedProblem unquoted() {
        return new RecordedProblem(type, detail, remedy, null, null);
    }
}
