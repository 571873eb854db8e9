package dev.deprovisioner.security;

import dev.deprovisioner.identifier.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** The requirements for a caller's token, beyond issuer, audience, signature and lifetime. */
@Configuration(proxyBeanMethods = false)
class CallerTokens {

    private static final int MAX_TOKEN = 8 * 1024;

    /** The caller's name goes into the audit trail and the log: a token without an acceptable name is refused. */
    @Bean
    static OAuth2TokenValidator<Jwt> usablePrincipal(TokenSettings settings) {
        var claim = settings.principalClaim();
        return token -> token.getClaims().get(claim) instanceof String principal && Caller.isAcceptable(principal)
                ? OAuth2TokenValidatorResult.success()
                : refusal("The " + claim + " claim is missing or unusable");
    }

    /** Spring's own check takes a token without an expiry for one that never expires. */
    @Bean
    static OAuth2TokenValidator<Jwt> expiring() {
        return token -> token.getExpiresAt() != null
                ? OAuth2TokenValidatorResult.success()
                : refusal("The exp claim is missing");
    }

    /** Takes the place of Spring's own check, which refuses the type that RFC 9068 asks of access tokens. */
    @Bean
    static OAuth2TokenValidator<Jwt> accessTokenType() {
        var types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
        types.setAllowEmpty(true);
        return types;
    }

    private static OAuth2TokenValidatorResult refusal(String why) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, why, null));
    }

    /** Does not even parse a long token. */
    @Bean
    static BearerTokenResolver shortTokens() {
        var bearer = new DefaultBearerTokenResolver();
        return request -> {
            @Nullable String token = bearer.resolve(request);
            if (token != null && token.length() > MAX_TOKEN) {
                throw new InvalidBearerTokenException("The token is longer than " + MAX_TOKEN + " characters");
            }
            return token;
        };
    }
}
