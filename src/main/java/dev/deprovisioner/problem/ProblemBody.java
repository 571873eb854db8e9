package dev.deprovisioner.problem;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A problem as callers see it (RFC 9457, section 3.1), on its own or within a run.
 *
 * @param type the kind, explained in docs/problems.md
 * @param title one short sentence, the same for every problem of the type
 * @param status the HTTP status that says the same
 * @param detail what happened this time, in words for a person
 * @param instance the request's path; none where the problem is not a request's
 * @param remedy what a person can do; none where nobody can
 */
@Schema(name = "Problem")
public record ProblemBody(
        @Schema(format = "uri-reference") URI type,
        String title,
        int status,
        String detail,
        @Schema(format = "uri-reference") @Nullable URI instance,
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
