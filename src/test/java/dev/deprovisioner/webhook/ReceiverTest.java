package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.connection.Connections;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.mock.env.MockEnvironment;

/** A receiver that is no longer there. */
class ReceiverTest {

    @Test
    void letsADeliveryEndVisiblyWhenItsUrlWasTakenAway() {
        var settings = new WebhookProperties(null, List.of(), null, Duration.ofSeconds(5));
        var receiver = new Receiver(
                settings, new Connections(new DefaultSslBundleRegistry()), new MockEnvironment(), Clock.systemUTC());
        var delivery = Delivery.pending(DeprovisionId.next(), new GroupId("g1"), "{}", Instant.EPOCH);

        assertThat(receiver.send(delivery, Instant.EPOCH)).isInstanceOf(Receiver.Reply.NotConfirmed.class);
    }
}
