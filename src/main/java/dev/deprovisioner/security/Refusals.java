package dev.deprovisioner.security;

import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.problem.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;

/** Says no as a problem, with the {@code WWW-Authenticate} header of RFC 6750. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final AccessDeniedHandler insufficientScope = new BearerTokenAccessDeniedHandler();
    private final ProblemWriter problems;

    Refusals(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException, ServletException {
        if (e instanceof AuthenticationServiceException) {
            // The token may be valid: it cannot be checked now, for instance because the issuer's keys cannot be read.
            log.error("Callers' tokens cannot be checked: {}", e.getMessage());
            problems.write(request, response, unchecked());
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(e));
        problems.write(
                request,
                response,
                new Problem(
                        ProblemType.UNAUTHENTICATED,
                        "The request carries no access token that is valid here.",
                        "Send an unexpired JWT for the audience deprovisioner as a bearer token."));
    }

    /** Spring's own would add an address made of the Host header. */
    private static String challenge(AuthenticationException e) {
        return e instanceof OAuth2AuthenticationException refused
                        && refused.getError() instanceof BearerTokenError error
                ? "Bearer error=\"%s\", error_description=\"%s\""
                        .formatted(error.getErrorCode(), error.getDescription())
                : "Bearer";
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException, ServletException {
        insufficientScope.handle(request, response, e);
        problems.write(
                request,
                response,
                new Problem(
                        ProblemType.FORBIDDEN,
                        "The access token does not allow this request.",
                        "Ask for a token with the scope that docs/api.md names for the route."));
    }

    /** The firewall refuses a path before anybody has looked at the token. */
    void rejected(HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        problems.write(request, response, RefusedPath.problem(request.getRequestURI()));
    }

    private static Problem unchecked() {
        return new Problem(
                ProblemType.UNAVAILABLE,
                "The access token cannot be checked at the moment; nothing was accepted.",
                "Send it again later.");
    }
}
