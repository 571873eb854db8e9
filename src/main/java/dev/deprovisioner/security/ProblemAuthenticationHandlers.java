package dev.deprovisioner.security;

import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.ProblemWriter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;

/** Answers a denied request with a problem, and with the {@code WWW-Authenticate} header of RFC 6750. */
@Component
class ProblemAuthenticationHandlers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final AccessDeniedHandler insufficientScope = new BearerTokenAccessDeniedHandler();
    private final ProblemWriter problems;
    private final RefusalLog log;

    ProblemAuthenticationHandlers(ProblemWriter problems, RefusalLog log) {
        this.problems = problems;
        this.log = log;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException, ServletException {
        log.record(Refusals.unauthenticated(request, e), Refusals.detail(e));
        if (e instanceof AuthenticationServiceException) {
            // The token may be valid: for instance, the issuer's keys cannot be read now.
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(IssuerKeys.PAUSE.toSeconds()));
            problems.write(request, response, CallerProblems.tokenUnchecked());
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(e));
        problems.write(request, response, CallerProblems.tokenInvalid());
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
        var scopes = scopes(e);
        log.record(Refusals.forbidden(request, scopes.isEmpty() ? "path closed" : "scope " + scopes + " missing"), "");
        insufficientScope.handle(request, response, e);
        problems.write(
                request,
                response,
                scopes.isEmpty() ? CallerProblems.pathClosed() : CallerProblems.scopeMissing(scopes));
    }

    /** The firewall refuses a path before the token is checked. */
    void rejected(HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        problems.write(request, response, RefusedPath.problem(request.getRequestURI()));
    }

    /** The decision of a route names the authority that it requires; a decision without one denies every caller. */
    private static String scopes(AccessDeniedException e) {
        return e instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof AuthorityAuthorizationDecision decision
                ? Route.scopes(decision.getAuthorities())
                : "";
    }
}
