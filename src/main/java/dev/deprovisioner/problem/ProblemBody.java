package dev.deprovisioner.problem;

import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * A problem in an answer (RFC 9457, section 3.1), as the whole answer or as part of a run.
 *
 * @param type the type of the problem, see docs/problems.md
 * @param title a short noun phrase, the same for every problem of the type
 * @param status the HTTP status of the type
 * @param detail a description of this occurrence, for a person
 * @param instance the path of the request; absent in the problem of a run
 * @param remedy the action that a person can take; absent if there is none
 */
@Schema(name = "Problem")
public record ProblemBody(
        @Schema(format = "uri-reference") URI type,
        String title,
        int status,
        String detail,
        @Schema(format = "uri-reference") @Nullable URI instance,
        @Nullable String remedy) {

    /** The status of a type that this version does not know. */
    private static final int UNKNOWN = 500;

    /** A run's own problem. If this version does not know the type, the words of its name are the title. */
    public static ProblemBody from(RecordedProblem problem) {
        var type = ProblemType.named(problem.type());
        return new ProblemBody(
                ProblemType.uri(problem.type()),
                type.map(ProblemType::title).orElseGet(() -> words(problem.type())),
                type.map(ProblemType::status).orElse(UNKNOWN),
                detail(problem.detail(), problem.correlationId(), problem.quote()),
                null,
                problem.remedy());
    }

    private static String words(String name) {
        return StringUtils.capitalize(name.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    static ProblemBody from(Problem problem, @Nullable URI instance) {
        var type = problem.type();
        var detail = detail(problem.detail(), problem.correlationId(), problem.quote());
        return new ProblemBody(type.uri(), type.title(), type.status(), detail, instance, problem.remedy());
    }

    /** What comes from the provider stands at the end. */
    private static String detail(String detail, @Nullable String correlationId, @Nullable String quote) {
        var id = correlationId == null ? "" : " The provider's correlation id is " + correlationId + ".";
        return detail + id + (quote == null ? "" : " The provider says: " + quote);
    }
}
