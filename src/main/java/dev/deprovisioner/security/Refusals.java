package dev.deprovisioner.security;

import dev.deprovisioner.identifier.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Why a request was refused, in words that have no part of its token. */
final class Refusals {

    private Refusals() {}

    static RefusalLog.Refusal unauthenticated(HttpServletRequest request, AuthenticationException e) {
        return new RefusalLog.Refusal(reason(e), "at " + request.getRemoteAddr());
    }

    private static String reason(AuthenticationException e) {
        if (e instanceof AuthenticationServiceException) {
            return "tokens of callers cannot be checked";
        }
        if (e instanceof InsufficientAuthenticationException) {
            return "no token";
        }
        return e.getCause() instanceof JwtValidationException
                ? "token not valid here"
                : "token malformed or not signed by the issuer";
    }

    /** The checks of claims that failed: their texts name claims and times. */
    static String detail(AuthenticationException e) {
        return e.getCause() instanceof JwtValidationException checks
                ? checks.getErrors().stream()
                        .map(OAuth2Error::getDescription)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "))
                : "";
    }

    static RefusalLog.Refusal forbidden(HttpServletRequest request, String reason) {
        return new RefusalLog.Refusal(reason, caller(request));
    }

    private static String caller(HttpServletRequest request) {
        @Nullable String name = request.getRemoteUser();
        return name != null && Caller.isAcceptable(name) ? name : "at " + request.getRemoteAddr();
    }
}
