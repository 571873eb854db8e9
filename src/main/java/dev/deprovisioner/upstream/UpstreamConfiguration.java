package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.http.HttpClients;
import dev.deprovisioner.upstream.ratelimit.Pacing;
import dev.deprovisioner.upstream.ratelimit.ProviderThrottle;
import dev.deprovisioner.upstream.ratelimit.RateLimiter;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.retry.backoff.Sleeper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    private static final String REGISTRATION = "upstream";
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    @Bean
    ClientRegistrationRepository clientRegistrations(UpstreamProperties properties) {
        return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(REGISTRATION)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .tokenUri(properties.tokenUri().toString())
                .clientId(properties.clientId())
                .clientSecret(properties.clientSecret())
                .scope(properties.scopes())
                .build());
    }

    @Bean
    ProviderIdentity providerIdentity(UpstreamProperties properties) {
        return new ProviderIdentity(properties.apiRoot(), properties.clientId());
    }

    @Bean
    StoppableSleeper sleeper() {
        return new StoppableSleeper();
    }

    @Bean
    Upstream upstream(
            UpstreamProperties properties,
            ClientRegistrationRepository registrations,
            Environment environment,
            InstantSource clock,
            HttpClients connections,
            MeterRegistry meters,
            ObservationRegistry observations,
            MonotonicClock time,
            Sleeper sleeper,
            ObjectProvider<DataSource> database) {
        var agent = "scim-deprovisioner/" + environment.getProperty("spring.application.version", "unknown");
        var requests = connections.open(
                UpstreamProperties.SSL_BUNDLE,
                properties.sslBundle(),
                properties.connectTimeout(),
                properties.requestTimeout());
        var token = new UpstreamToken(
                TokenEndpoint.client(requests, agent, clock),
                Objects.requireNonNull(registrations.findByRegistrationId(REGISTRATION)),
                time);
        var client = RestClient.builder()
                .requestFactory(requests)
                .baseUrl(properties.apiRoot())
                .defaultHeader(HttpHeaders.USER_AGENT, agent)
                .observationRegistry(observations)
                .build();
        var brakes = new ProviderThrottle(time, properties.rateLimit());
        var limit = RateLimiter.of(properties.rateLimit(), brakes, time, database.getIfAvailable(), RANDOM);
        var pacing = new Pacing(properties.maxConcurrency(), limit, brakes, time, sleeper, meters);
        var exchange = new UpstreamCall(client, token, pacing, properties.requestTimeout(), clock, time);
        var backOff = new FullJitter(
                properties.retry(),
                RANDOM,
                sleeper,
                pause -> pacing.observe(new ThrottleSignal.Pause(pause), 0),
                meters);
        return new Upstream(exchange, properties.retry(), backOff);
    }
}
