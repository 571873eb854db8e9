package dev.deprovisioner;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Headers for browsers and caches in every answer of both ports, from controllers, filters and Tomcat. */
class ResponseHeadersIT extends WholeApplication {

    private final int port;

    @Autowired
    ResponseHeadersIT(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
        this.port = port;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api        | GET /deprovisions              | with a token    | 200 | application/json",
                "api        | GET /deprovisions/unknown      | with a token    | 404 | application/problem+json",
                "api        | PUT /deprovisions/g1           | with a token    | 405 | application/problem+json",
                "api        | GET /deprovisions?limit=0      | with a token    | 400 | application/problem+json",
                "api        | GET /nowhere                   | with a token    | 404 | application/problem+json",
                "api        | GET /deprovisions              | without a token | 401 | application/problem+json",
                "api        | GET /error                     | with a token    | 403 | application/problem+json",
                "api        | GET /deprovisions/..;/audit    | with a token    | 400 | application/problem+json",
                "api        | TRACE /deprovisions            | with a token    | 405 | application/problem+json",
                "api        | GET /deprovisions/a%2Fb        | without a token | 400 | application/problem+json",
                "api        | GET /a\\b                      | without a token | 400 | application/problem+json",
                "api        | GET /first                     | without a token | 503 | application/problem+json",
                "api        | GET /last                      | with a token    | 503 | application/problem+json",
                "management | GET /actuator/health           | without a token | 200 | application/vnd.spring-boot.actuator.v3+json",
                "management | GET /actuator/prometheus       | without a token | 200 | text/plain",
                "management | GET /actuator/sbom             | with a token    | 404 | application/problem+json",
                "management | GET /actuator/env              | without a token | 401 | application/problem+json",
                "management | GET /actuator/..;/env          | without a token | 400 | application/problem+json",
                "management | GET /a\\b                      | without a token | 400 | application/problem+json"
            })
    void standOnEveryAnswer(String server, String request, String token, int status, String type) throws IOException {
        var bearer = token.equals("with a token") ? around.tokens().callerToken("deprovision:read") : null;

        var answer = send(server.equals("api") ? port : managementPort, request, bearer);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("c4nary", "<html", "\tat ");
        assertThat(headers(answer))
                .contains(
                        entry("cache-control", "no-store"),
                        entry("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
                        entry("referrer-policy", "no-referrer"),
                        entry("x-content-type-options", "nosniff"),
                        entry("x-frame-options", "DENY"))
                .hasEntrySatisfying("content-type", value -> assertThat(value).startsWith(type))
                .doesNotContainKeys(
                        "server", "x-powered-by", "set-cookie", "strict-transport-security", "pragma", "expires");
    }

    private static String send(int port, String request, @Nullable String bearer) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var authorization = bearer == null ? "" : "Authorization: Bearer " + bearer + "\r\n";
            var head = request + " HTTP/1.1\r\nHost: localhost\r\n" + authorization + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Fails where one stands twice. */
    private static Map<String, String> headers(String answer) {
        return Arrays.stream(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n"))
                .skip(1)
                .map(line -> line.split(": ", 2))
                .filter(header -> !header[0].equalsIgnoreCase("Vary"))
                .collect(Collectors.toMap(header -> header[0].toLowerCase(Locale.ROOT), header -> header[1]));
    }
}
