package dev.deprovisioner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The sandbox shows the description of the API to everybody, and the API itself still wants a token. */
class DescriptionPagesIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final WireMockServer SURROUNDINGS = Sandbox.start(0);
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        service = Sandbox.run(
                SURROUNDINGS,
                "--server.port=0",
                "--management.server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:pages;DB_CLOSE_DELAY=-1");
    }

    @AfterAll
    static void stop() {
        service.close();
        SURROUNDINGS.stop();
        CLIENT.close();
    }

    @Test
    void showTheDescriptionThatIsKept() throws Exception {
        assertThat(get("/swagger-ui/index.html").body()).contains("swagger-ui-bundle.js");
        assertThat(get("/swagger-ui/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
        assertThat(get("/swagger-ui/swagger-initializer.js").body()).contains("/v3/api-docs/swagger-config");
        assertThat(JsonPath.<String>read(get("/v3/api-docs/swagger-config").body(), "$.url"))
                .isEqualTo("/openapi.yaml");
        assertThat(get("/openapi.yaml").body()).isEqualTo(Files.readString(Path.of("docs/openapi.yaml")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/deprovisions", "/audit-entries", "/v3/api-docs", "/v3/api-docs.yaml", "/docs/openapi.yaml"})
    void letNothingElseThrough(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(401);
    }

    @Test
    void workWithTheTokenOfTheSandbox() throws Exception {
        var token = CLIENT.send(
                        HttpRequest.newBuilder(URI.create(SURROUNDINGS.baseUrl() + "/callers/token"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(send(request("/deprovisions").header("Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + service.getEnvironment().getProperty("local.server.port") + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
