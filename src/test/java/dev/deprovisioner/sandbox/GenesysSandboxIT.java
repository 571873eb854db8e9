package dev.deprovisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The check of the connection in the sandbox with the shape of Genesys Cloud. */
class GenesysSandboxIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final WireMockServer SURROUNDINGS = Sandbox.start(0);
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        service = Sandbox.run(
                SURROUNDINGS,
                "--spring.profiles.active=genesys-cloud",
                "--server.port=0",
                "--management.server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:genesys;DB_CLOSE_DELAY=-1");
    }

    @AfterAll
    static void stop() {
        service.close();
        SURROUNDINGS.stop();
        CLIENT.close();
    }

    @Test
    void showsTheRestOfTheRateLimitAndThatNothingIsWrong() throws Exception {
        var check = check("returns-desk");

        assertThat(JsonPath.<Integer>read(check, "$.rateBudget.limit")).isEqualTo(300);
        assertThat(JsonPath.<Integer>read(check, "$.rateBudget.remaining")).isEqualTo(283);
        assertThat(JsonPath.<String>read(check, "$.status")).isEqualTo("OK");
    }

    @Test
    void saysWhatWouldBlockARun() throws Exception {
        assertThat(blocked("vip-callers")).singleElement().asString().contains("BLOCKED: queue-reference.");
        assertThat(blocked("new-starters")).singleElement().asString().contains("BLOCKED: rule-fed.");
    }

    private static List<String> blocked(String group) throws Exception {
        return JsonPath.read(check(group), "$.findings[?(@.code == 'run-blocked')].detail");
    }

    private static String check(String group) throws IOException, InterruptedException {
        var port = service.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/upstream?groupId=" + group))
                .header("Authorization", "Bearer " + token());
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static String token() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(SURROUNDINGS.baseUrl() + "/callers/token"));
        return CLIENT.send(request.build(), BodyHandlers.ofString()).body();
    }
}
