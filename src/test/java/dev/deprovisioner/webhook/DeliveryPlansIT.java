package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.testbed.Explained;
import dev.deprovisioner.testbed.Postgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked of the outbox costs the same when it has sent 100,000 deliveries; 100 are under way. */
class DeliveryPlansIT {

    private static final Postgres DATABASE = Postgres.createNotDurable().migrated();

    private final Explained explained = new Explained(DATABASE.application());
    private final Deliveries deliveries = new Deliveries(JdbcClient.create(explained.dataSource()));

    @BeforeAll
    static void load() {
        var owner = JdbcClient.create(DATABASE.owner());
        owner.sql("""
                INSERT INTO webhook_delivery (id, deprovision_id, group_id, body, status, attempts, created_at)
                SELECT 'msg_01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'), '01900000-0000-7000-8000-000000000000', 'group-' || n, repeat('x', 300),
                       CASE WHEN n > 99900 THEN 'PENDING' WHEN n > 50000 THEN 'DELIVERED' ELSE 'UNDELIVERABLE' END, 1, now()
                FROM generate_series(1, 100000) AS n
                """).update();
        owner.sql("VACUUM ANALYZE webhook_delivery").update();
    }

    @Test
    void countOfPendingDeliveries() {
        explained.planOf(deliveries::countPending).assertFlat(100, 20);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource
    void pageOfDeliveries(Delivery.@Nullable Status status) {
        for (long before : new long[] {Long.MAX_VALUE, 90_000, 10_000, 1}) {
            explained.planOf(() -> deliveries.newest(status, before, 50)).assertFlat(100, 70);
        }
    }

    @Test
    void choiceOfAProbe() {
        explained.planOf(() -> deliveries.firstHeld(0)).assertFlat(100, 20);
    }

    @Test
    void lookUpAndSave() {
        var delivery = (Delivery) deliveries
                .find(new DeliveryId("msg_01900000-0000-7000-8000-0000000186a0"))
                .orElseThrow();

        explained.planOf(() -> deliveries.find(delivery.id())).assertFlat(1, 10);
        explained.planOf(() -> deliveries.save(delivery, delivery.delivered())).assertFlat(1, 60);
    }
}
