package dev.deprovisioner.problem;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A problem as callers see it (RFC 9457, section 3.1), on its own or within a run.
 *
 * @param instance the request's path; null where the problem is not a request's
 * @param remedy what a person can do, null where nobody can
 */
public record ProblemBody(
        URI type,
        String title,
        int status,
        String detail,
        @Nullable URI instance,
        @Nullable String remedy) {

    /** A run's own problem. */
    public static ProblemBody from(Problem problem) {
        return from(problem, null);
    }

    static ProblemBody from(Problem problem, @Nullable URI instance) {
        var type = problem.type();
        var quote = problem.quote();
        var detail = quote == null ? problem.detail() : problem.detail() + " The provider says: " + quote;
        return new ProblemBody(type.uri(), type.title(), type.status(), detail, instance, problem.remedy());
    }
}
