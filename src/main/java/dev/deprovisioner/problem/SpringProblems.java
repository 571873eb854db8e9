package dev.deprovisioner.problem;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Translates Spring MVC's own exceptions into problems, because their messages name classes. */
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
            case 404 -> RequestProblems.pathUnknown();
            case 405 -> RequestProblems.methodNotAllowed();
            case 406 -> RequestProblems.notAcceptable();
            case 413 -> RequestProblems.bodyTooLarge();
            case 415 -> RequestProblems.unsupportedMediaType();
            case 503 -> RequestProblems.unavailable();
            default -> RequestProblems.malformed();
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
                return RequestProblems.bodyMemberUnknown();
            }
            if (cause instanceof JacksonException) {
                return RequestProblems.bodyNotExpected();
            }
        }
        return RequestProblems.bodyUnreadable();
    }
}
