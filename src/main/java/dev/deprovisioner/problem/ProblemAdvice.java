package dev.deprovisioner.problem;

import dev.deprovisioner.identifier.GroupId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Translates exceptions of controllers, ours and Spring's, into problems. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> known(ProblemException e, HttpServletRequest request) {
        var headers = new HttpHeaders();
        e.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
        return answer(e.problem(), headers, request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<Object> badArgument(MethodArgumentTypeMismatchException e, HttpServletRequest request) {
        var cause = NestedExceptionUtils.getMostSpecificCause(e);
        // Only our own value types speak to callers; a parser's message may repeat input or name classes.
        var problem = e.getRequiredType() == GroupId.class && cause instanceof IllegalArgumentException
                ? RequestProblems.groupIdInvalid(String.valueOf(cause.getMessage()))
                : RequestProblems.valueUnreadable(e.getName());
        return answer(problem, new HttpHeaders(), request.getRequestURI());
    }

    /** Headers and parameters are checked only when they are read, which may be as late as here. */
    @ExceptionHandler({RequestRejectedException.class, InvalidParameterException.class})
    ResponseEntity<Object> rejected(RuntimeException e, HttpServletRequest request) {
        return answer(SpringProblems.of(400), new HttpHeaders(), request.getRequestURI());
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> database(RuntimeException e, HttpServletRequest request) {
        var failure = DatabaseProblems.of(e);
        failure.log(log, request.getMethod(), e);
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(failure.retryAfter().toSeconds()));
        boolean nothingAccepted = DatabaseProblems.hasChangedNothing(HttpMethod.valueOf(request.getMethod()), e);
        return answer(failure.problem(nothingAccepted), headers, request.getRequestURI());
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception e, HttpServletRequest request) {
        log.error("Request failed: {}", request.getMethod(), e);
        return answer(RequestProblems.unexpectedError(), new HttpHeaders(), request.getRequestURI());
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var path = ((ServletWebRequest) request).getRequest().getRequestURI();
        return answer(SpringProblems.of(e, status), headers, path);
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers, String path) {
        return ResponseEntity.status(problem.type().status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.from(problem, URI.create(path)));
    }
}
