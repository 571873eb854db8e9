package dev.deprovisioner.security;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.testbed.SteppedTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A client that sends slowly, and one that does not, on a server with few connections. */
@SpringBootTest(
        classes = {SlowRequestConfiguration.class, SlowRequestProtocolTest.Server.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.tomcat.max-connections=4", "server.tomcat.connection-timeout=1m"})
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
class SlowRequestProtocolTest {

    private static final int CONNECTIONS = 4;
    private static final String WHOLE = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2\r\nConnection: close\r\n\r\n[]";

    private static final SteppedTime time = new SteppedTime();

    private final List<Socket> slow = new ArrayList<>();

    @LocalServerPort
    private int port;

    static class Server {

        @Bean
        MonotonicClock clock() {
            return time;
        }

        @Bean
        RouterFunction<ServerResponse> answers() {
            return RouterFunctions.route()
                    .POST("/", request -> ServerResponse.ok().body(request.body(String.class)))
                    .build();
        }
    }

    @AfterEach
    void closeAll() throws IOException {
        for (var socket : slow) {
            socket.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nX-Long: ",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
                "POST /unknown HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n",
            })
    void answersWhenAllConnectionsWaitForTheRestOfARequest(String begin) throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            slow.add(open(begin));
        }

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = executor.submit(this::ask);
            await().atMost(ofSeconds(20)).until(() -> {
                time.step(ofSeconds(1));
                return answer.isDone();
            });
            assertThat(answer.get()).startsWith("HTTP/1.1 200");
        }
    }

    private Socket open(String begin) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String ask() throws IOException {
        try (var socket = open(WHOLE)) {
            socket.setSoTimeout(15_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
