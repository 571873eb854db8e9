package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.http.HttpClients;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.EndlessServer;
import dev.deprovisioner.tracing.TraceContinuation;
import dev.deprovisioner.webhook.Receiver.Reply.NotConfirmed;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.mock.env.MockEnvironment;

/** A receiver that is no longer there, or not the one that it should be, or that does not stop talking. */
class ReceiverTest {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final Delivery DELIVERY = Delivery.pending(
            new Delivery.Message(WebhookEventType.GROUP_DEPROVISIONED, DeprovisionId.next(), new GroupId("g1"), "{}"),
            Instant.EPOCH);

    @Test
    void letsADeliveryEndVisiblyWhenItsUrlWasTakenAway() {
        var reply = receiver(null, List.of()).send(DELIVERY, Instant.EPOCH);

        assertThat(reply).isInstanceOf(Receiver.Reply.NotConfirmed.class);
    }

    @Test
    void reportsAnUntrustedCertificate() {
        var impostor = new WireMockServer(
                wireMockConfig().bindAddress("127.0.0.1").httpDisabled(true).dynamicHttpsPort());
        impostor.start();
        try {
            var reply = receiver(URI.create("https://localhost:" + impostor.httpsPort()), List.of(SECRET))
                    .send(DELIVERY, Instant.EPOCH);

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Receiver.Reply.NotConfirmed.class,
                            refused -> assertThat(refused.error()).startsWith("no TLS connection (unable to find"));
            assertThat(impostor.getAllServeEvents()).isEmpty();
        } finally {
            impostor.stop();
        }
    }

    @Test
    void distinguishesAReceiverThatIsNotThereFromOneThatIsSilent() throws IOException {
        assertThat(error(URI.create("http://127.0.0.1:" + closedPort()))).isEqualTo("no connection");
        assertThat(error(URI.create("https://receiver.invalid"))).isEqualTo("no connection");

        var silent =
                new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        silent.stubFor(post("/").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
        silent.start();
        try {
            assertThat(error(URI.create(silent.baseUrl() + "/"))).isEqualTo("no answer in time");
        } finally {
            silent.stop();
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String error(URI url) {
        return receiver(url, List.of(SECRET)).send(DELIVERY, Instant.EPOCH) instanceof NotConfirmed refused
                ? refused.error()
                : "";
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 410, 500})
    @Timeout(60)
    void takesNoMoreOfAnAnswerThanItMustToKeepTheConnection(int status) {
        try (var endless = EndlessServer.start(status)) {
            var reply = receiver(endless.uri(), List.of(SECRET)).send(DELIVERY, Instant.EPOCH);

            assertThat(reply instanceof Receiver.Reply.Confirmed).isEqualTo(status == 200);
            assertThat(endless.sent()).isLessThan(16 * 1024 * 1024);
        }
    }

    private static Receiver receiver(@Nullable URI url, List<String> secrets) {
        return new Receiver(
                new WebhookProperties(
                        url, secrets, Set.of(WebhookEventType.GROUP_DEPROVISIONED), null, Duration.ofSeconds(15)),
                HttpClients.direct(new DefaultSslBundleRegistry()),
                new MockEnvironment(),
                Clock.systemUTC(),
                new TraceContinuation(Tracer.NOOP, ObservationRegistry.NOOP),
                ObservationRegistry.NOOP);
    }
}
