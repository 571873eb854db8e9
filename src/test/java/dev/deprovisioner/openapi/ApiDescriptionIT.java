package dev.deprovisioner.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.security.DescribedScopes;
import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.Relay;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API agrees with code and service; {@code -Dopenapi.write=true} rewrites it. */
@TestInstance(Lifecycle.PER_CLASS)
@Import({ApiDescription.class, ApiDescriptionIT.LaterTime.class})
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.datasource.url=jdbc:h2:mem:openapi;DB_CLOSE_DELAY=-1",
            "deprovisioner.security.caller-rate-limit.period=1d",
            "springdoc.api-docs.enabled=true",
            "springdoc.paths-to-exclude=/error",
            "springdoc.override-with-generic-response=false"
        })
@Execution(SAME_THREAD)
class ApiDescriptionIT {

    private static final ExternalSystems around = new ExternalSystems();

    /** Before the keys of the callers' tokens, which are out of reach while it is down. */
    private static final Relay keys = new Relay(0, around.tokens().jwkSetUri().getPort());

    private final OpenApiWebMvcResource springdoc;
    private final RequestMappingHandlerMapping mapping;
    private final Recording recording;
    private final JdbcClient jdbc;
    private final Caller caller;

    @Autowired
    ApiDescriptionIT(
            OpenApiWebMvcResource springdoc,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
            Recording recording,
            JdbcClient jdbc,
            @LocalServerPort int port) {
        this.springdoc = springdoc;
        this.mapping = mapping;
        this.recording = recording;
        this.jdbc = jdbc;
        this.caller = new Caller(port);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        around.settings().forEach((name, value) -> registry.add(name, () -> value));
        registry.add("deprovisioner.security.caller-rate-limit.requests", () -> 400);
        keys.up();
        registry.add(
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                () -> "http://127.0.0.1:" + keys.port()
                        + around.tokens().jwkSetUri().getPath());
    }

    /** Time that can be put forward: unknown keys make the service read the issuer's key set at most every 30 s. */
    @TestConfiguration(proxyBeanMethods = false)
    static class LaterTime {

        private static final AtomicLong ahead = new AtomicLong();

        @Bean
        @Primary
        MonotonicClock laterTime(@Qualifier("monotonicClock") MonotonicClock clock) {
            return () -> clock.nanos() + ahead.get();
        }
    }

    @BeforeAll
    void record() {
        var provocation = new Provocation(new Story(around, caller, recording).tell(), around);
        insertNewerWebhook();
        provocation.exhaust(caller);
        around.close();
        keys.close();
        LaterTime.ahead.addAndGet(Duration.ofMinutes(1).toNanos());
        for (var handler : Handler.all(mapping)) {
            for (var type : handler.refusals()) {
                recording.add(caller.send(name(type, handler), provocation.of(type, handler.operation())));
            }
        }
    }

    private void insertNewerWebhook() {
        jdbc.sql("""
                        INSERT INTO webhook_delivery (id, event, body, status, attempts, created_at)
                        VALUES (?, 'SERVICE_PAUSED', '{}', 'DELIVERED', 1, CURRENT_TIMESTAMP)
                        """).param(Provocation.NEWER_WEBHOOK).update();
    }

    /** What only this operation says is an example of its own. */
    private static String name(ProblemType type, Handler handler) {
        return handler.ownRefusals().contains(type)
                ? type.slug() + "-" + handler.verb().toLowerCase(Locale.ROOT)
                : type.slug();
    }

    @Test
    void isWhatTheCodeSays() throws Exception {
        var text = DescriptionFile.text(description());
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(DescriptionFile.PATH, text);
        }
        assertThat(DescriptionFile.PATH).hasContent(text);
    }

    @Test
    void describesEveryOperationAndNoOther() throws Exception {
        var described = new TreeSet<String>();
        description()
                .path("paths")
                .forEachEntry((path, item) -> item.propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        var served = Handler.all(mapping).stream().map(Handler::operation).collect(toCollection(TreeSet::new));
        assertThat(described).isEqualTo(served).isEqualTo(DescribedScopes.routes());
    }

    @Test
    void describesEveryAnswerOfTheService() throws Exception {
        var contract = new Contract(description());
        assertThat(recording.exchanges())
                .allSatisfy(exchange -> assertThat(contract.violations(exchange))
                        .as(exchange.toString())
                        .isEmpty());
    }

    @Test
    void meetsEveryProblemThatItDescribesAtEachOperation() {
        var described = Handler.all(mapping).stream()
                .flatMap(handler -> handler.refusals().stream().map(type -> handler.operation() + " " + type.uri()))
                .toList();
        assertThat(recording.exchanges())
                .filteredOn(exchange -> exchange.status() >= 400)
                .extracting(exchange -> exchange.ask().operation() + " "
                        + exchange.json().get("type").asString())
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void noticesWhatIsNotDescribed() throws Exception {
        var contract = new Contract(description());
        var exchange = recording.exchanges().getFirst();
        var body = (ObjectNode) exchange.json();
        assertThat(contract.violations(exchange.with(body.deepCopy().put("surprise", 1))))
                .isNotEmpty();
        assertThat(contract.violations(exchange.with(body.deepCopy().putNull("displayName"))))
                .isNotEmpty();
        assertThat(contract.violations(exchange.with(body.deepCopy().without("status"))))
                .isNotEmpty();
        assertThat(contract.violations(new Exchange("", exchange.ask(), 418, exchange.headers(), "{}")))
                .isNotEmpty();
    }

    private JsonNode description() throws Exception {
        return JsonMapper.shared()
                .readTree(springdoc.openapiJson(
                        new MockHttpServletRequest("GET", "/v3/api-docs"), "/v3/api-docs", Locale.ENGLISH));
    }
}
