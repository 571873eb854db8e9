package dev.deprovisioner;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.testbed.ExternalSystems;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Secrets and people's names are planted wherever the provider and the settings have them, and are found nowhere. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "spring.datasource.url=jdbc:h2:mem:canary;DB_CLOSE_DELAY=-1",
            "logging.level.dev.deprovisioner=debug",
            "logging.level.org.springframework.web.client=debug",
            "deprovisioner.upstream.client-authentication=client_secret_post",
            "deprovisioner.upstream.retry.max-attempts=1"
        })
@Isolated("Reads the log of this JVM")
class CanaryIT {

    private static final String CANARY = "c4nary";
    private static final String KEY =
            Base64.getEncoder().encodeToString("c4nary-webhook-key-0123456789abc".getBytes(UTF_8));
    private static final String PROVIDER_TEXT =
            "User Wilma Plover, c4nary@example.com (/Users/c4nary%40example.com), is locked";

    /** Of a person, in the provider's own words for an error, which only the run repeats. */
    private static final String PERSON = "Plover";

    private static final String GROUP = "/api/v2/scim/groups/";
    private static final WireMockServer provider =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());

    private static final ExternalSystems around = new ExternalSystems();

    private final int managementPort;
    private final Portal portal;
    private final JdbcTemplate jdbc;
    private String group = "";

    @Autowired
    CanaryIT(@LocalServerPort int port, @LocalManagementPort int managementPort, JdbcTemplate jdbc) {
        this.managementPort = managementPort;
        this.portal = new Portal(port, around.tokens());
        this.jdbc = jdbc;
    }

    @DynamicPropertySource
    static void secrets(DynamicPropertyRegistry registry) {
        provider.start();
        var settings = around.settings();
        settings.put("deprovisioner.upstream.base-url", provider.baseUrl());
        settings.put("deprovisioner.upstream.token-uri", provider.baseUrl() + "/oauth/token");
        settings.put("deprovisioner.upstream.client-secret", "c4nary-client-secret");
        settings.put("deprovisioner.webhook.secrets", "whsec_" + KEY);
        settings.forEach((name, value) -> registry.add(name, () -> value));
    }

    @AfterAll
    static void logLessAgain() {
        var logging = LoggingSystem.get(CanaryIT.class.getClassLoader());
        logging.setLogLevel("dev.deprovisioner", null);
        logging.setLogLevel("org.springframework.web.client", null);
    }

    @BeforeEach
    void plant() {
        provider.resetAll();
        group = "group-" + System.nanoTime();
        provider.stubFor(post("/oauth/token").willReturn(okJson("""
                {"access_token":"c4nary-token","token_type":"bearer","expires_in":86400}""")));
        provider.stubFor(get(urlPathMatching("/api/v2/users/.*")).atPriority(10).willReturn(okJson("""
                        {"id":"p","active":true,"state":"active","name":"C4nary Jones","email":"c4nary@example.com"}""")));
        provider.stubFor(get(urlPathEqualTo(GROUP + group)).atPriority(10).willReturn(read("[" + member() + "]")));
    }

    private static String member() {
        return """
                {"value":"user-1","display":"C4nary Jones","type":"User","email":"c4nary@example.com",
                 "$ref":"https://api.example.com/Users/c4nary@example.com"}""";
    }

    private ResponseDefinitionBuilder read(String members) {
        return okJson("""
                {"id":"%s","displayName":"Sales","members":%s}""".formatted(group, members));
    }

    @Test
    void afterASuccess(CapturedOutput output) {
        provider.stubFor(get(urlPathEqualTo(GROUP + group))
                .inScenario("members")
                .whenScenarioStateIs("removed")
                .willReturn(read("[]")));
        provider.stubFor(get(urlPathEqualTo(GROUP + group))
                .inScenario("members")
                .whenScenarioStateIs("deleted")
                .willReturn(jsonResponse("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404"}""", 404)));
        provider.stubFor(patch(urlPathEqualTo(GROUP + group))
                .inScenario("members")
                .whenScenarioStateIs(STARTED)
                .willSetStateTo("removed")
                .willReturn(read("[" + member() + "]")));
        provider.stubFor(delete(urlPathEqualTo(GROUP + group))
                .inScenario("members")
                .whenScenarioStateIs("removed")
                .willSetStateTo("deleted")
                .willReturn(status(204)));

        assertEndsAs("SUCCEEDED");
        await().until(() -> portal.latest(group).path("webhookSynced").asBoolean(false));
        assertFoundNowhere(output);
    }

    @Test
    void afterBlockers(CapturedOutput output) {
        provider.stubFor(get(urlPathMatching("/api/v2/users/.*")).willReturn(error(404)));

        assertEndsAs("BLOCKED");
        assertFoundNowhere(output);
    }

    @ParameterizedTest
    @CsvSource({"400, FAILED", "403, FAILED", "409, WAITING", "412, WAITING"})
    void afterARefusedRemoval(int status, String end, CapturedOutput output) {
        provider.stubFor(patch(urlPathEqualTo(GROUP + group)).willReturn(error(status)));

        assertEndsAs(end);
        assertFoundNowhere(output);
        assertThat(portal.latest(group).at("/problem/detail").asString()).contains(PERSON);
        assertThat(output.getAll()).contains("HTTP " + status + " user.locked");
    }

    @Test
    void afterProfilesThatMayNotBeRead(CapturedOutput output) {
        provider.stubFor(get(urlPathMatching("/api/v2/users/.*")).willReturn(error(403)));

        assertEndsAs("BLOCKED");
        assertFoundNowhere(output);
        assertThat(portal.latest(group).at("/blockers/0/detail").asString()).contains(PERSON);
    }

    @Test
    void whileAnswersCannotBeRead(CapturedOutput output) {
        provider.stubFor(get(urlPathEqualTo(GROUP + group))
                .willReturn(okJson("{\"members\":[{\"value\":c4nary, \"display\":\"" + PROVIDER_TEXT)));

        assertEndsAs("WAITING");
        assertFoundNowhere(output);
    }

    @Test
    void whileTheProviderRefusesTokenAndSecret(CapturedOutput output) {
        provider.stubFor(get(urlPathEqualTo(GROUP + group))
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("WWW-Authenticate", "Bearer error_description=\"c4nary-token\"")
                        .withBody("{\"message\":\"c4nary-token is expired\"}")));
        provider.stubFor(post("/oauth/token").willReturn(okJson("""
                        {"error":"invalid_client","error_description":"c4nary-client-secret is wrong"}""").withStatus(401)));

        assertEndsAs("WAITING");
        assertFoundNowhere(output);
    }

    private static ResponseDefinitionBuilder error(int status) {
        return okJson("{\"status\":\"%d\",\"code\":\"user.locked\",\"detail\":\"%s\",\"message\":\"%s\"}"
                        .formatted(status, PROVIDER_TEXT, PROVIDER_TEXT))
                .withStatus(status);
    }

    private void assertEndsAs(String status) {
        portal.post(group);
        await().atMost(ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(portal.latest(group).path("status").asString())
                                .isEqualTo(status));
    }

    private void assertFoundNowhere(CapturedOutput output) {
        assertThat(output.getAll()).contains(group);
        assertNameless("logs", output.getAll());
        assertNameless("metrics", metrics());
        assertClean("the run", portal.latest(group).toString());
        assertNameless("audit entries", portal.auditEntries(group).toString());
        for (var table : jdbc.queryForList(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'", String.class)) {
            assertClean(
                    "table " + table,
                    jdbc.queryForList("SELECT * FROM \"" + table + "\"").stream()
                            .map(CanaryIT::text)
                            .collect(Collectors.joining("\n")));
        }
    }

    private static void assertNameless(String where, String text) {
        assertClean(where, text);
        assertThat(text).as(where).doesNotContainIgnoringCase(PERSON);
    }

    private static String text(Map<String, Object> row) {
        return row.values().stream()
                .map(value -> value instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(value))
                .collect(Collectors.joining(" "));
    }

    private static void assertClean(String where, String text) {
        assertThat(text.toLowerCase(Locale.ROOT)).as(where).doesNotContain(CANARY, KEY.toLowerCase(Locale.ROOT));
    }

    private String metrics() {
        var uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        return portal.send(HttpRequest.newBuilder(uri)).body();
    }
}
