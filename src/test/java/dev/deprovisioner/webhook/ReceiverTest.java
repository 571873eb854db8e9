package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.connection.Connections;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.EndlessServer;
import dev.deprovisioner.tracing.Traces;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.mock.env.MockEnvironment;

/** A receiver that is no longer there, or that does not stop talking. */
class ReceiverTest {

    private static Receiver receiver(WebhookProperties settings) {
        return new Receiver(
                settings,
                new Connections(new DefaultSslBundleRegistry()),
                new MockEnvironment(),
                Clock.systemUTC(),
                new Traces(Tracer.NOOP, ObservationRegistry.NOOP),
                ObservationRegistry.NOOP);
    }

    @Test
    void letsADeliveryEndVisiblyWhenItsUrlWasTakenAway() {
        var settings = new WebhookProperties(null, List.of(), null, Duration.ofSeconds(5));
        var receiver = receiver(settings);
        var delivery = Delivery.pending(DeprovisionId.next(), new GroupId("g1"), "{}", Instant.EPOCH);

        assertThat(receiver.send(delivery, Instant.EPOCH)).isInstanceOf(Receiver.Reply.NotConfirmed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 410, 500})
    @Timeout(30)
    void takesNoMoreOfAnAnswerThanItMustToKeepTheConnection(int status) {
        try (var endless = EndlessServer.start(status)) {
            var secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
            var settings = new WebhookProperties(endless.uri(), List.of(secret), null, Duration.ofSeconds(15));
            var receiver = receiver(settings);
            var delivery = Delivery.pending(DeprovisionId.next(), new GroupId("g1"), "{}", Instant.EPOCH);

            var reply = receiver.send(delivery, Instant.EPOCH);

            assertThat(reply instanceof Receiver.Reply.Confirmed).isEqualTo(status == 200);
            assertThat(endless.sent()).isLessThan(16 * 1024 * 1024);
        }
    }
}
