package dev.deprovisioner.security;

import dev.deprovisioner.problem.InvalidSetting;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** What a caller's token must be, beyond issuer, audience, signature and lifetime. */
@Configuration(proxyBeanMethods = false)
class CallerTokens {

    private static final int MAX_SUBJECT = 255;

    CallerTokens(ObjectProvider<JwtDecoder> decoder) {
        if (decoder.getIfAvailable() == null) {
            throw new InvalidSetting(
                    "The issuer of the callers' tokens is not configured; missing:"
                            + " spring.security.oauth2.resourceserver.jwt.issuer-uri.",
                    "Set it, for instance SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI=https://login.example.com"
                            + " in the environment. To try the service without one, start its sandbox:"
                            + " mvn spring-boot:test-run");
        }
    }

    /** The subject goes into the audit trail and the log: there must be one, and it must be one line. */
    @Bean
    static OAuth2TokenValidator<Jwt> usableSubject() {
        return token -> {
            var subject = token.getSubject();
            boolean usable = subject != null
                    && !subject.isBlank()
                    && subject.length() <= MAX_SUBJECT
                    && subject.codePoints().noneMatch(Character::isISOControl);
            return usable
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new OAuth2Error(
                            OAuth2ErrorCodes.INVALID_TOKEN, "The sub claim is missing or unusable", null));
        };
    }
}
