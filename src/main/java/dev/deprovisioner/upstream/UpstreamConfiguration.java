package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.http.HttpClients;
import dev.deprovisioner.upstream.ratelimit.Pacing;
import dev.deprovisioner.upstream.ratelimit.ProviderThrottle;
import dev.deprovisioner.upstream.ratelimit.RateLimiter;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.retry.backoff.Sleeper;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    private static final Logger log = LoggerFactory.getLogger(UpstreamConfiguration.class);
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    @Bean
    ProviderIdentity providerIdentity(UpstreamProperties properties) {
        boolean isStatic = properties.tokenFile() != null;
        var client = isStatic ? ProviderIdentity.STATIC_TOKEN : Objects.requireNonNull(properties.clientId());
        return new ProviderIdentity(
                properties.apiRoot(), client, isStatic ? List.of() : properties.scopes(), properties.region());
    }

    @Bean
    StoppableSleeper sleeper() {
        return new StoppableSleeper();
    }

    @Bean
    Upstream upstream(
            UpstreamProperties properties,
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
        var token = token(properties, requests, agent, clock, time);
        showExpiry(token, clock, meters);
        var client = RestClient.builder()
                .requestFactory(requests)
                .baseUrl(properties.apiRoot())
                .defaultHeader(HttpHeaders.USER_AGENT, agent)
                .observationRegistry(observations)
                .build();
        var throttle = new ProviderThrottle(time, properties.rateLimit());
        var limit = RateLimiter.of(properties.rateLimit(), throttle, time, database.getIfAvailable(), RANDOM);
        var pacing = new Pacing(properties.maxConcurrency(), limit, throttle, time, sleeper, meters);
        var exchange = new UpstreamCall(client, token, pacing, properties.requestTimeout(), clock, time);
        var backOff = new FullJitter(
                properties.retry(), RANDOM, sleeper, pause -> pacing.observe(new ThrottleSignal.Pause(pause)), meters);
        return new Upstream(exchange, properties.retry(), backOff);
    }

    private static UpstreamToken token(
            UpstreamProperties properties,
            ClientHttpRequestFactory requests,
            String agent,
            InstantSource clock,
            MonotonicClock time) {
        var file = properties.tokenFile();
        if (file == null) {
            var credentials = properties.clientCredentials();
            return new ClientCredentialsToken(
                    TokenEndpoint.client(credentials, requests, agent, clock), credentials, time);
        }
        if (properties.hasClientSettings()) {
            log.info("Bearer token file wins: client-id, client-secret and token-uri are not used");
        }
        return new FileToken(file, clock, time);
    }

    private static void showExpiry(UpstreamToken token, InstantSource clock, MeterRegistry meters) {
        Gauge.builder("upstream.token.expiry", () -> secondsUntil(token.expiresAt(), clock))
                .description("Time until the token of the bearer token file expires, if it is a JWT that says so")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Negative after the instant, NaN for none. */
    private static double secondsUntil(@Nullable Instant instant, InstantSource clock) {
        return instant == null
                ? Double.NaN
                : Duration.between(clock.instant(), instant).toSeconds();
    }
}
