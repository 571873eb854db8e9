package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.requestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.http.HttpClients;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import dev.deprovisioner.upstream.UpstreamProperties.Retry;
import dev.deprovisioner.upstream.ratelimit.RateLimit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.retry.backoff.Sleeper;

/** The client of a provider whose every answer is stubbed, with time that passes only when it waits. */
@ResourceLock("the stubbed provider")
public abstract class StubbedUpstream {

    public static final String THING = "/things/1";
    static final int MAX_BYTES = 1000;
    public static final RateLimit UNLIMITED = new RateLimit(0, Duration.ofMinutes(1), null);
    static final Retry RETRY = new Retry(4, Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final String TOKEN = "/oauth/token";

    public static WireMockServer provider;

    public final SteppedTime time = new SteppedTime();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Another token endpoint than the provider's, for clients that are made from then on. */
    @Nullable
    URI tokenUri;

    final Upstream upstream = upstream(Duration.ofSeconds(10), 16, UNLIMITED);

    @BeforeAll
    static void start() {
        provider = new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        provider.start();
    }

    @AfterAll
    static void stop() {
        provider.stop();
    }

    @BeforeEach
    void reset() {
        provider.resetAll();
        givesTokens(token("t1", 3600), token("t2", 3600), token("t3", 3600));
    }

    public Upstream upstream(Duration requestTimeout, int maxConcurrency, RateLimit rateLimit) {
        return upstream(provider.baseUrl(), requestTimeout, maxConcurrency, rateLimit, time);
    }

    public Upstream upstream(
            String baseUrl, Duration requestTimeout, int maxConcurrency, RateLimit rateLimit, Sleeper sleeper) {
        var endpoint = Objects.requireNonNullElse(tokenUri, URI.create(provider.baseUrl() + TOKEN));
        var properties = properties(baseUrl, endpoint.toString(), null, requestTimeout, maxConcurrency, rateLimit);
        return upstream(properties, new DefaultSslBundleRegistry(), sleeper);
    }

    /** With the provider's base URL, without a rate limit, and with these settings, by their names below upstream. */
    Upstream upstream(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("base-url", provider.baseUrl(), "rate-limit.requests", "0"));
        all.putAll(settings);
        var properties = new Binder(new MapConfigurationPropertySource(all)).bind("", UpstreamProperties.class);
        return upstream(properties.get(), new DefaultSslBundleRegistry(), time);
    }

    static UpstreamProperties properties(
            String baseUrl,
            String tokenUri,
            @Nullable String sslBundle,
            Duration requestTimeout,
            int maxConcurrency,
            RateLimit rateLimit) {
        return new UpstreamProperties(
                null,
                URI.create(baseUrl),
                URI.create(tokenUri),
                "client",
                "secret",
                ClientAuthentication.CLIENT_SECRET_BASIC,
                null,
                List.of("scim:group:read", "scim:group:write", "scim:group:delete"),
                maxConcurrency,
                rateLimit,
                false,
                sslBundle,
                Duration.ofSeconds(5),
                requestTimeout,
                RETRY);
    }

    Upstream upstream(UpstreamProperties properties, SslBundles bundles, Sleeper sleeper) {
        var configuration = new UpstreamConfiguration();
        return configuration.upstream(
                properties,
                new MockEnvironment().withProperty("spring.application.version", "1.2.3"),
                time,
                HttpClients.direct(bundles),
                meters,
                ObservationRegistry.NOOP,
                time,
                sleeper,
                new DefaultListableBeanFactory().getBeanProvider(DataSource.class));
    }

    static void givesTokens(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            var stub = post(urlEqualTo(TOKEN))
                    .inScenario("token")
                    .whenScenarioStateIs(state(i))
                    .willReturn(answers[i]);
            provider.stubFor(i + 1 < answers.length ? stub.willSetStateTo(state(i + 1)) : stub);
        }
    }

    static ResponseDefinitionBuilder token(String value, int expiresIn) {
        return okJson("""
                {"access_token":"%s","token_type":"bearer","expires_in":%d}""".formatted(value, expiresIn));
    }

    /** Answers the requests in turn; the last answer stays. */
    public static void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            var stub = any(urlEqualTo(THING))
                    .inScenario("thing")
                    .whenScenarioStateIs(state(i))
                    .willReturn(answers[i]);
            provider.stubFor(i + 1 < answers.length ? stub.willSetStateTo(state(i + 1)) : stub);
        }
    }

    private static String state(int answered) {
        return answered == 0 ? STARTED : "after " + answered;
    }

    public String read() {
        return read(upstream);
    }

    public static String read(Upstream upstream) {
        return upstream.read(UpstreamRequest.get("/things/{id}", Map.of("id", "1"), MAX_BYTES), UpstreamResponse::body);
    }

    WriteResult write() {
        return write(upstream);
    }

    public static WriteResult write(Upstream upstream) {
        return write(upstream, SendGuard.NONE);
    }

    static WriteResult write(Upstream upstream, SendGuard guard) {
        return upstream.write(new UpstreamRequest(
                HttpMethod.PATCH,
                "/things/{id}",
                Map.of("id", "1"),
                "{}",
                MediaType.APPLICATION_JSON,
                null,
                MAX_BYTES,
                guard));
    }

    Fault faultOfRead() {
        return faultOf(() -> read());
    }

    static Fault faultOf(Runnable request) {
        return Objects.requireNonNull(catchThrowableOfType(Fault.class, request::run));
    }

    public static void thingsAsked(int times) {
        provider.verify(times, requestedFor("ANY", urlEqualTo(THING)));
    }

    static void tokensAsked(int times) {
        provider.verify(times, postRequestedFor(urlEqualTo(TOKEN)));
    }

    static void nothingElseAsked(int requests) {
        provider.verify(requests, requestedFor("ANY", anyUrl()));
    }
}
