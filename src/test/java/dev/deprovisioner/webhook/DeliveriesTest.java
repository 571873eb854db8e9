package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.webhook.Deliveries.Numbered;
import dev.deprovisioner.webhook.Delivery.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox: what is read equals what was written, and the result of a try is recorded once. */
@JdbcTest
@Import({Deliveries.class, CircuitStateStore.class})
@ResourceLock("the deliveries")
class DeliveriesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

    @Autowired
    private Deliveries deliveries;

    @Autowired
    private CircuitStateStore receiver;

    @Autowired
    private JdbcClient jdbc;

    private Delivery inserted() {
        var delivery = Delivery.pending(
                new Delivery.Message(
                        WebhookEventType.GROUP_DEPROVISION_FAILED,
                        DeprovisionId.next(),
                        new GroupId("größe …"),
                        "{\"group_id\":\"größe …\"}"),
                NOW);
        deliveries.insert(delivery, NOW);
        return delivery;
    }

    private Delivery saved(Delivery before, Delivery after) {
        assertThat(deliveries.save(before, after)).isTrue();
        assertThat(deliveries.find(before.id())).contains(after);
        return after;
    }

    @Test
    void readsWhatItWrote() {
        var delivery = inserted();
        assertThat(deliveries.find(delivery.id())).contains(delivery);

        var held = saved(delivery, delivery.waiting());
        var retried = saved(held, held.retried(NOW.plusSeconds(5), "HTTP 503", true));
        var probed = saved(retried, retried.probed(NOW.plusSeconds(9), "no answer in time", false));
        saved(probed, probed.undeliverable("HTTP 410"));
    }

    @Test
    void keepsTheBeginningOfALongError() {
        var error = "x".repeat(999) + "\ud83d\ude00";
        var delivery = inserted();

        var retried = saved(delivery, delivery.retried(NOW.plusSeconds(5), error, false));
        assertThat(retried.lastError()).isEqualTo("x".repeat(999));

        var expired = saved(retried, retried.expired());
        assertThat(expired.lastError()).hasSizeLessThanOrEqualTo(1000).contains("; last: xxx");
    }

    @Test
    void recordsATryOnce() {
        var delivery = inserted();
        assertThat(deliveries.save(delivery, delivery.retried(NOW, "HTTP 503", true)))
                .isTrue();

        assertThat(deliveries.save(delivery, delivery.delivered())).isFalse();
    }

    @Test
    void recordsNothingAfterTheEnd() {
        var delivery = inserted();
        var delivered = saved(delivery, delivery.delivered());

        assertThat(deliveries.save(delivered, delivered.retried(NOW, "HTTP 503", true)))
                .isFalse();
        assertThat(deliveries.save(delivery, delivery.waiting())).isFalse();
    }

    @Test
    void recordsNothingOfATryFromBeforeItsRedelivery() {
        var delivery = inserted();
        saved(delivery, delivery.delivered());
        var locked = (Delivery) deliveries.lock(delivery.id()).orElseThrow();
        var again = locked.redelivered(NOW.plusSeconds(60));
        deliveries.saveRedelivery(again);

        assertThat(deliveries.find(delivery.id())).contains(again);
        assertThat(deliveries.save(delivery, delivery.undeliverable("HTTP 410")))
                .isFalse();
        assertThat(deliveries.save(again, again.delivered())).isTrue();
    }

    @Test
    void givesUpInTimeWhatThePreviousVersionWrote() {
        jdbc.sql("""
                INSERT INTO webhook_delivery (id, deprovision_id, group_id, body, status, attempts, created_at, next_attempt_at)
                VALUES ('msg_01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000001', 'g', '{}', 'PENDING',
                        0, :now, :now)
                """).param("now", TimestampColumn.of(NOW)).update();

        var delivery = (Delivery) deliveries.newest(null, null, 1).getFirst().delivery();

        assertThat(delivery.message().event()).isEqualTo(WebhookEventType.GROUP_DEPROVISIONED);
        assertThat(delivery.tries()).isEqualTo(new Delivery.Tries(0, 0, NOW, NOW.plus(DeliverySchedule.LENGTH), false));
    }

    @Test
    void countsWhatHasNotEnded() {
        inserted();
        var second = inserted();
        var third = inserted();
        deliveries.save(second, second.retried(NOW, "HTTP 503", true));
        deliveries.save(third, third.delivered());

        assertThat(deliveries.countPending()).isEqualTo(2);
    }

    @Test
    void pagesFromTheNewestOn() {
        var all = List.of(inserted(), inserted(), inserted());
        deliveries.save(all.get(1), all.get(1).delivered());

        var first = deliveries.newest(null, null, 2);
        assertThat(ids(first)).containsExactly(all.get(2).id(), all.get(1).id());
        assertThat(ids(deliveries.newest(null, first.getLast().number(), 2)))
                .containsExactly(all.get(0).id());
        assertThat(ids(deliveries.newest(Status.PENDING, first.getFirst().number(), 2)))
                .containsExactly(all.get(0).id());
        assertThat(deliveries.newest(Status.UNDELIVERABLE, null, 2)).isEmpty();
    }

    private static List<DeliveryId> ids(List<Numbered> page) {
        return page.stream().map(one -> one.delivery().id()).toList();
    }

    @Test
    void releasesWhatWaitsForTheReceiverAndNothingElse() {
        var held = inserted();
        var asked = inserted();
        var other = inserted();
        saved(held, held.waiting());
        var later = saved(asked, asked.retried(NOW.plusSeconds(120), "HTTP 503", false));
        saved(other, other.retried(NOW, "no answer in time", true));
        assertThat(deliveries.held()).containsExactly(held.id(), other.id());
        var first = deliveries.firstHeld(0).orElseThrow();
        assertThat(first.id()).isEqualTo(held.id());
        assertThat(deliveries.firstHeld(first.number()).orElseThrow().id()).isEqualTo(other.id());

        deliveries.release(NOW.plusSeconds(7));

        assertThat(deliveries.held()).isEmpty();
        assertThat(deliveries.find(held.id()).orElseThrow().nextAttemptAt()).isEqualTo(NOW.plusSeconds(7));
        assertThat(deliveries.find(asked.id())).contains(later);
    }

    @Test
    void keepsWhatIsKnownOfTheReceiver() {
        assertThat(receiver.read()).isEqualTo(CircuitStateTest.GOOD);
        var health = new CircuitState(5, NOW.plus(Duration.ofHours(1)), "msg_1", 17);

        receiver.save(health);

        assertThat(receiver.lock()).isEqualTo(health);
    }
}
