package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Webhooks of a newer version: this one shows them as they are, and does not send them. */
@JdbcTest
@Import({Deliveries.class, CircuitStateStore.class})
@ResourceLock("the deliveries")
class NewerDeliveriesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

    private final SteppedTime time = new SteppedTime();
    private final Receiver receiver = mock();
    private final ReceiverCircuitBreaker watch = mock();

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transactions;

    /** A webhook that waits for the receiver, as a newer version has changed it. */
    private Delivery changed(String change) {
        var message = new Delivery.Message(
                WebhookEventType.GROUP_DEPROVISIONED, DeprovisionId.next(), new GroupId("g1"), "{\"event\":\"new\"}");
        var delivery = Delivery.pending(message, NOW);
        deliveries.insert(delivery, NOW);
        deliveries.save(delivery, delivery.waiting());
        jdbc.sql("UPDATE webhook_delivery SET " + change + " WHERE id = :id")
                .param("id", delivery.id().value())
                .update();
        return delivery;
    }

    private Map<String, @Nullable Object> stored(Delivery delivery) {
        return jdbc.sql("SELECT * FROM webhook_delivery WHERE id = :id")
                .param("id", delivery.id().value())
                .query()
                .singleRow();
    }

    private DeliveryTask task() {
        return new DeliveryTask(deliveries, watch, receiver, mock(), transactions, mock(), mock(), time, time);
    }

    private NewerDelivery shown() {
        return (NewerDelivery) deliveries.newest(null, null, 1).getFirst().delivery();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event = 'SERVICE_PAUSED'",
                "status = 'EXPIRED'",
                "receiver = 'directory'",
                "group_id = NULL",
                "deprovision_id = NULL"
            })
    void areLeftAsTheyAre(String change) {
        var delivery = changed(change);
        var before = stored(delivery);

        assertThat(shown().id()).isEqualTo(delivery.id());
        assertThat(task().perform(delivery.id())).contains(time.instant().plusSeconds(30));
        var redelivery = new Redelivery(deliveries, mock(), mock(), transactions, time);
        assertThatThrownBy(() -> redelivery.request(delivery.id(), new Caller("operator")))
                .hasMessageStartingWith("conflict");

        assertThat(stored(delivery)).isEqualTo(before);
        verifyNoInteractions(receiver, watch);
    }

    @ParameterizedTest
    @ValueSource(strings = {"event = 'SERVICE_PAUSED'", "status = 'EXPIRED'", "receiver = 'directory'"})
    void areNeitherProbesNorReleased(String change) {
        var delivery = changed(change);
        var before = stored(delivery);

        assertThat(deliveries.firstHeld(0)).isEmpty();
        assertThat(deliveries.held()).isEmpty();
        deliveries.release(NOW);

        assertThat(stored(delivery)).isEqualTo(before);
    }

    @Test
    void areShownInTheirOwnWords() {
        var delivery = changed("event = 'SERVICE_PAUSED', status = 'EXPIRED', group_id = NULL, deprovision_id = NULL");

        assertThat(shown())
                .isEqualTo(new NewerDelivery(
                        delivery.id(), null, "EXPIRED", 0, delivery.tries().end(), null));
    }
}
