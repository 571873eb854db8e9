package dev.deprovisioner.problem;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Gives Spring MVC's own exceptions our types and words; theirs name classes. */
final class SpringProblems {

    private SpringProblems() {}

    static Problem of(Exception e, HttpStatusCode status) {
        if (e instanceof HttpMessageNotReadableException) {
            return unreadable(e);
        }
        return of(status.value());
    }

    /** The problem for an HTTP status without further details. */
    static Problem of(int status) {
        return switch (status) {
            case 404 -> new Problem(ProblemType.NOT_FOUND, "There is nothing at this path.");
            case 405 ->
                new Problem(
                        ProblemType.METHOD_NOT_ALLOWED, "This path does not support the method; see the Allow header.");
            case 406 ->
                new Problem(
                        ProblemType.NOT_ACCEPTABLE, "This path answers application/json.", "Accept application/json.");
            case 413 -> new Problem(ProblemType.PAYLOAD_TOO_LARGE, "The body is too large.");
            case 415 ->
                new Problem(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "This path takes application/json.",
                        "Send application/json.");
            case 503 -> new Problem(ProblemType.UNAVAILABLE, "The service cannot answer now.", "Send it again later.");
            default -> new Problem(ProblemType.INVALID_REQUEST, "The request cannot be understood.");
        };
    }

    private static Problem unreadable(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known.problem();
            }
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnrecognizedPropertyException) {
                return invalid("The body has a member that is not known here.");
            }
            if (cause instanceof JacksonException) {
                return invalid("The body is not the JSON object that is expected here.");
            }
        }
        return invalid("The body cannot be read.");
    }

    private static Problem invalid(String detail) {
        return new Problem(ProblemType.INVALID_REQUEST, detail, "Correct the body and send it again.");
    }
}
