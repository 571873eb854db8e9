package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.http.HttpClients;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.ScriptedServer;
import dev.deprovisioner.tracing.TraceContinuation;
import dev.deprovisioner.webhook.Receiver.Reply.Confirmed;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.mock.env.MockEnvironment;

/** A status line of 2xx confirms a delivery, also before a damaged rest, and the next delivery is not harmed. */
class ConfirmationTest {

    private static final Delivery DELIVERY = Delivery.pending(
            new Delivery.Message(WebhookEventType.GROUP_DEPROVISIONED, DeprovisionId.next(), new GroupId("g1"), "{}"),
            Instant.EPOCH);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n{\"ok\":1}\n",
                "HTTP/1.1 204 No Content\r\n\r\n<html>garbage</html>",
                "HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + "longer",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\nbody",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbody",
                "HTTP/1.1 202 Accepted\r\nno header\r\n\r\n",
                "HTTP/1.1 205 Reset Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\nContent-Length: 4\r\n\r\nbody\r\nHTTP/1.1 204 No Content\r\n\r\n"
            })
    void isAnyStatusLineOf2xx(String answer) {
        try (var server = ScriptedServer.start(answer, "HTTP/1.1 204 No Content\r\n\r\n")) {
            var receiver = receiver(server.uri());

            assertThat(receiver.send(DELIVERY, Instant.EPOCH)).isInstanceOf(Confirmed.class);
            assertThat(receiver.send(DELIVERY, Instant.EPOCH)).isInstanceOf(Confirmed.class);
            assertThat(server.requests()).hasSize(2);
        }
    }

    private static Receiver receiver(URI url) {
        var secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        return new Receiver(
                new WebhookProperties(
                        url,
                        List.of(secret),
                        Set.of(WebhookEventType.GROUP_DEPROVISIONED),
                        null,
                        Duration.ofSeconds(1)),
                HttpClients.direct(new DefaultSslBundleRegistry()),
                new MockEnvironment(),
                Clock.systemUTC(),
                new TraceContinuation(Tracer.NOOP, ObservationRegistry.NOOP),
                ObservationRegistry.NOOP);
    }
}
