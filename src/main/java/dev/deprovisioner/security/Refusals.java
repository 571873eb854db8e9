package dev.deprovisioner.security;

import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.problem.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;

/** Says no as a problem, with the {@code WWW-Authenticate} header of RFC 6750. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final AuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
    private final AccessDeniedHandler insufficientScope = new BearerTokenAccessDeniedHandler();
    private final ProblemWriter problems;

    Refusals(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException, ServletException {
        challenge.commence(request, response, e);
        problems.write(
                request,
                response,
                new Problem(
                        ProblemType.UNAUTHENTICATED,
                        "The request carries no access token that is valid here.",
                        "Send an unexpired JWT for the audience deprovisioner as a bearer token."));
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
                        "Ask for a token with the scope that README.md names for the route."));
    }

    /** The firewall refuses a path before anybody has looked at the token. */
    void rejected(HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        problems.write(
                request,
                response,
                new Problem(
                        ProblemType.INVALID_GROUP_ID,
                        "The path has a character or a segment that no group id has.",
                        "Correct the group id and send it again."));
    }
}
