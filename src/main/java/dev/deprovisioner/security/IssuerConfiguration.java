package dev.deprovisioner.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.http.HttpClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;

/** Checks callers' tokens as Spring Boot does, with keys that outlive an outage of the issuer. */
@Configuration(proxyBeanMethods = false)
class IssuerConfiguration {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Bean
    static JwtDecoder callerTokenDecoder(
            TokenSettings settings,
            CallerProperties properties,
            HttpClients connections,
            MonotonicClock time,
            ObjectProvider<OAuth2TokenValidator<Jwt>> requirements) {
        var decoder = NimbusJwtDecoder.withJwkSource(keys(settings, properties, connections, time))
                .jwsAlgorithms(algorithms -> algorithms.addAll(settings.algorithms()))
                .build();
        decoder.setJwtValidator(validator(settings, requirements.orderedStream().toList()));
        return decoder;
    }

    /** The connection to the issuer follows no redirect. */
    private static JWKSource<SecurityContext> keys(
            TokenSettings settings, CallerProperties properties, HttpClients connections, MonotonicClock time) {
        var fixed = settings.publicKey();
        if (fixed != null) {
            return new ImmutableJWKSet<>(new JWKSet(fixed));
        }
        var client = RestClient.builder()
                .requestFactory(
                        connections.open("deprovisioner.security.ssl-bundle", properties.sslBundle(), TIMEOUT, TIMEOUT))
                .build();
        var issuer = Objects.requireNonNullElse(settings.issuer(), "");
        return new IssuerKeys(new IssuerEndpoint(client, settings.keySet(), issuer), time);
    }

    private static OAuth2TokenValidator<Jwt> validator(
            TokenSettings settings, List<OAuth2TokenValidator<Jwt>> requirements) {
        var all = new ArrayList<OAuth2TokenValidator<Jwt>>();
        var issuer = settings.issuer();
        if (issuer != null) {
            all.add(new JwtIssuerValidator(issuer));
        }
        all.add(new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD,
                audiences -> audiences != null && !Collections.disjoint(audiences, settings.audiences())));
        all.addAll(requirements);
        return JwtValidators.createDefaultWithValidators(all);
    }
}
