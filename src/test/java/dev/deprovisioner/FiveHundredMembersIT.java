package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.deprovisioner.testbed.TokenServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The largest group that is allowed, at a provider that takes a while for each answer. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.datasource.url=jdbc:h2:mem:five-hundred;DB_CLOSE_DELAY=-1",
            "deprovisioner.upstream.rate-limit.requests=0"
        })
@Execution(SAME_THREAD)
class FiveHundredMembersIT {

    private static final String NO_GROUP =
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"404\"}";
    private static final int MEMBERS = 500;
    private static final TokenServer tokens = TokenServer.withNewClient();
    private static final LargeGroups upstream = new LargeGroups();

    private final Portal portal;

    @Autowired
    FiveHundredMembersIT(@LocalServerPort int port) {
        this.portal = new Portal(port, tokens);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("deprovisioner.upstream.base-url", upstream::baseUrl);
        registry.add("deprovisioner.upstream.token-uri", tokens::tokenUri);
        registry.add("deprovisioner.upstream.client-id", tokens::clientId);
        registry.add("deprovisioner.upstream.client-secret", tokens::clientSecret);
        registry.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", tokens::jwkSetUri);
    }

    @AfterAll
    static void close() {
        upstream.close();
    }

    @RepeatedTest(2)
    void takesTheFewestRequestsAtMostSixteenAtOnceAndOneToken(RepetitionInfo repetition) {
        upstream.requests.clear();

        var answer = portal.postAndWait("large-" + repetition.getCurrentRepetition(), null);

        var run = Portal.json(answer);
        assertThat(run.get("outcome").asString()).isEqualTo("DELETED");
        assertThat(run.get("membersRemoved").asInt()).isEqualTo(MEMBERS);
        assertThat(upstream.requests).hasSize(1 + MEMBERS + 1 + 1 + 1 + 1);
        assertThat(upstream.requests.stream()
                        .filter(method -> !method.equals("GET"))
                        .toList())
                .containsExactly("PATCH", "DELETE");
        assertThat(run.get("steps").values())
                .extracting(step -> step.get("requests").asInt())
                .containsExactly(1 + MEMBERS, 2, 2, 0);
        assertThat(upstream.maxInFlight).hasValueBetween(2, 16);
        assertThat(tokens.upstreamTokensIssued()).isEqualTo(1);
    }

    /** A provider whose every group has 500 members, which lists them also when there are none. */
    private static final class LargeGroups implements AutoCloseable {

        private static final Duration LATENCY = Duration.ofMillis(20);

        final Queue<String> requests = new ConcurrentLinkedQueue<>();
        final AtomicInteger maxInFlight = new AtomicInteger();
        private final AtomicInteger inFlight = new AtomicInteger();
        private final Map<String, String> changed = new ConcurrentHashMap<>();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final HttpServer http;

        LargeGroups() {
            System.setProperty("sun.net.httpserver.nodelay", "true");
            try {
                http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            http.setExecutor(threads);
            http.createContext("/", this::handle);
            http.start();
        }

        String baseUrl() {
            return "http://127.0.0.1:" + http.getAddress().getPort();
        }

        @Override
        public void close() {
            http.stop(0);
            threads.shutdownNow();
        }

        private void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                exchange.getRequestBody().readAllBytes();
                LockSupport.parkNanos(LATENCY.toNanos());
                requests.add(exchange.getRequestMethod());
                var body = answer(
                        exchange.getRequestMethod(), exchange.getRequestURI().getPath());
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                inFlight.decrementAndGet();
                exchange.sendResponseHeaders(body.equals(NO_GROUP) ? 404 : 200, body.length());
                exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
            }
        }

        private String answer(String method, String path) {
            if (path.startsWith("/api/v2/users/")) {
                return "{\"id\":\"profile\",\"state\":\"active\"}";
            }
            if (!method.equals("GET")) {
                changed.put(path, method);
            }
            return switch (changed.getOrDefault(path, "")) {
                case "PATCH" -> group(path, 0);
                case "DELETE" -> method.equals("DELETE") ? "{}" : NO_GROUP;
                default -> group(path, MEMBERS);
            };
        }

        private static String group(String path, int members) {
            var id = path.substring(path.lastIndexOf('/') + 1);
            return IntStream.range(0, members)
                    .mapToObj(i -> "{\"value\":\"member-" + i + "\"}")
                    .collect(Collectors.joining(
                            ",", "{\"id\":\"" + id + "\",\"displayName\":\"Large\",\"members\":[", "]}"));
        }
    }
}
