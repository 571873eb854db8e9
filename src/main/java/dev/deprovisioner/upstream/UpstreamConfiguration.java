package dev.deprovisioner.upstream;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.retry.backoff.Sleeper;
import org.springframework.retry.backoff.ThreadWaitSleeper;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClient;

@Configuration(proxyBeanMethods = false)
class UpstreamConfiguration {

    private static final String REGISTRATION = "upstream";

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
    Upstream upstream(
            UpstreamProperties properties,
            ClientRegistrationRepository registrations,
            Environment environment,
            Clock clock,
            MeterRegistry meters,
            ObservationRegistry observations,
            ObjectProvider<TimeMeter> timeMeter,
            ObjectProvider<Sleeper> customSleeper) {
        var time = timeMeter.getIfAvailable(() -> TimeMeter.SYSTEM_NANOTIME);
        var sleeper = customSleeper.getIfAvailable(ThreadWaitSleeper::new);
        var agent = "scim-deprovisioner/" + environment.getProperty("spring.application.version", "unknown");
        var requests = requests(properties);
        var token = new UpstreamToken(
                TokenEndpoint.client(requests, agent, clock),
                Objects.requireNonNull(registrations.findByRegistrationId(REGISTRATION)),
                time);
        var client = RestClient.builder()
                .requestFactory(requests)
                .baseUrl(properties.baseUrl().toString().replaceAll("/+$", ""))
                .defaultHeader(HttpHeaders.USER_AGENT, agent)
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .observationRegistry(observations)
                .build();
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        var pacing = new Pacing(properties, time, sleeper, meters);
        var exchange = new Exchange(client, token, pacing, properties.maxConcurrency(), clock);
        var backOff = new FullJitter(properties.retry(), random, sleeper, meters);
        return new Upstream(exchange, properties.retry(), backOff);
    }

    private static ClientHttpRequestFactory requests(UpstreamProperties properties) {
        // Else the JDK repeats a GET by itself when a kept connection breaks: uncounted, and outside the rate limit.
        System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
        var client = HttpClient.newBuilder()
                // The JDK's HTTP/2 fails a request above the server's stream limit instead of letting it wait.
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        var requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(properties.requestTimeout());
        requests.enableCompression(false);
        return requests;
    }
}
