package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

/** How much a caller may ask with, and for. */
class RequestBoundsIT extends WholeApplication {

    private final int port;
    private final JsonMapper json;

    @Autowired
    RequestBoundsIT(@LocalServerPort int port, @LocalManagementPort int managementPort, JsonMapper json) {
        super(port, managementPort);
        this.port = port;
        this.json = json;
    }

    @ParameterizedTest
    @CsvSource({"14000, 404", "17000, 400"})
    void boundTheHeaders(int length, int status) {
        assertThat(get("/deprovisions/unknown", "X-Long", "x".repeat(length)).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/deprovisions,  application/json",
        "/audit-entries, application/json",
        "/audit-entries, application/x-ndjson"
    })
    void boundTheLimitOfALists(String path, String accept) {
        assertThat(get(path + "?limit=1000", "Accept", accept).statusCode()).isEqualTo(200);
        assertThat(get(path + "?limit=1001", "Accept", accept).body()).contains("from 1 to 1000");
        assertThat(get(path + "?limit=0", "Accept", accept).statusCode()).isEqualTo(400);
    }

    @Test
    void boundTheDepthOfJson() {
        assertThat(json.readTree(nested(20)).isArray()).isTrue();
        assertThatThrownBy(() -> json.readTree(nested(21))).isInstanceOf(StreamConstraintsException.class);
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private HttpResponse<String> get(String path, String header, String value) {
        return portal.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + around.tokens().callerToken("deprovision:read", "audit:read"))
                .header(header, value));
    }
}
