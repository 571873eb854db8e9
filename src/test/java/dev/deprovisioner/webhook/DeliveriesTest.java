package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;

/** The outbox: what is read equals what was written, and the result of a try is recorded once. */
@JdbcTest
@Import(Deliveries.class)
class DeliveriesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

    @Autowired
    private Deliveries deliveries;

    private Delivery inserted() {
        var delivery =
                Delivery.pending(DeprovisionId.next(), new GroupId("größe …"), "{\"group_id\":\"größe …\"}", NOW);
        deliveries.insert(delivery, NOW);
        return delivery;
    }

    @Test
    void readsWhatItWrote() {
        var delivery = inserted();
        assertThat(deliveries.find(delivery.id())).contains(delivery);

        var retried = delivery.retried(NOW.plusSeconds(5), "HTTP 503");
        assertThat(deliveries.save(retried)).isTrue();
        assertThat(deliveries.find(delivery.id())).contains(retried);

        var ended = retried.undeliverable("HTTP 410");
        assertThat(deliveries.save(ended)).isTrue();
        assertThat(deliveries.find(delivery.id())).contains(ended);
    }

    @Test
    void recordsATryOnce() {
        var delivery = inserted();
        assertThat(deliveries.save(delivery.retried(NOW, "HTTP 503"))).isTrue();

        assertThat(deliveries.save(delivery.delivered())).isFalse();
    }

    @Test
    void recordsNothingAfterTheEnd() {
        var delivered = inserted().delivered();
        assertThat(deliveries.save(delivered)).isTrue();

        assertThat(deliveries.save(delivered.retried(NOW, "HTTP 503"))).isFalse();
    }

    @Test
    void countsWhatHasNotEnded() {
        inserted();
        deliveries.save(inserted().retried(NOW, "HTTP 503"));
        deliveries.save(inserted().delivered());

        assertThat(deliveries.countPending()).isEqualTo(2);
    }
}
