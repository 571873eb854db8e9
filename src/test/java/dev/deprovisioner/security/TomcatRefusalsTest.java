package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.problem.ProblemWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;

/** What Tomcat refuses by itself has the shape of everything else. */
@SpringBootTest(
        classes = {TomcatRefusals.class, ResponseHeaders.class, ProblemWriter.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ImportAutoConfiguration({TomcatServletWebServerAutoConfiguration.class, JacksonAutoConfiguration.class})
@Isolated("Reads the log of this JVM")
class TomcatRefusalsTest {

    @LocalServerPort
    private int port;

    private String send(String requestLine, String header) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = requestLine + "\r\nHost: localhost\r\n" + header + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({"a%2Fb", "a%5Cb", "%00", "%ff", "%zz", "%c0%ae"})
    void namesAGroupIdThatCannotBeOne(String id) throws IOException {
        assertThat(send("POST /deprovisions/" + id + " HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"/problems/invalid-group-id\"")
                .doesNotContain("<html", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"a|b", "a\\b", "a\u0001b", "a\u00e4"})
    void answersWhereNotEvenTheRequestLineCanBeRead(String id) throws IOException {
        assertThat(send("POST /deprovisions/" + id + " HTTP/1.1", ""))
                .startsWith("HTTP/1.1 400")
                .contains("\"/problems/invalid-request\"")
                .doesNotContain("<html", "Exception");
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, Transfer-Encoding: gzip", "HTTP/1.1, Transfer-Encoding: xchunked", "HTTP/3.0, X: y"})
    void answers400ForUnsupportedEncodingsAndVersions(String version, String header) throws IOException {
        assertThat(send("POST /deprovisions/g1 " + version, header + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"/problems/invalid-request\"");
    }

    @ParameterizedTest
    @CsvSource({"POST /deprovisions/g1", "GET /deprovisions/g1/runs"})
    void doesNotBlameTheGroupIdForALongHeader(String request) throws IOException {
        assertThat(send(request + " HTTP/1.1", "X-Long: " + "x".repeat(20_000) + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("\"/problems/invalid-request\"");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void repeatsNoTokenInTheLog(CapturedOutput output) throws IOException {
        assertThat(send("GET /deprovisions/g1 HTTP/1.1", "Authorization: Bearer c4nary\u0001\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(output).doesNotContain("c4nary");
    }

    @Test
    void answersWithAStatusLineAfterAnHttp09Request() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("GET /of-http-0.9\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                socket.getInputStream().readAllBytes();
            }
            assertThat(send("GET /deprovisions?limit[]=1 HTTP/1.1", "")).startsWith("HTTP/1.1 400");
        }
    }
}
