package dev.deprovisioner.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Turns the errors that the servlet container reports by its error page into problems. */
@RestController
class ProblemErrorController implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ProblemBody> error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var problem = SpringProblems.of(status >= 500 ? 503 : status);
        return ResponseEntity.status(HttpStatusCode.valueOf(problem.type().status()))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.from(problem, path(request)));
    }

    private static @Nullable URI path(HttpServletRequest request) {
        try {
            return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
                    ? new URI(path)
                    : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
