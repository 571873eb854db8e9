package dev.deprovisioner.webhook;

import dev.deprovisioner.testbed.Explained;
import dev.deprovisioner.testbed.Postgres;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is asked of the outbox costs the same when it has sent 100,000 deliveries; 100 are under way. */
class DeliveryPlansIT {

    private static final Postgres DATABASE = Postgres.create().migrated();

    private final Explained explained = new Explained(DATABASE.application());
    private final Deliveries deliveries = new Deliveries(JdbcClient.create(explained.dataSource()));

    @BeforeAll
    static void load() {
        var owner = JdbcClient.create(DATABASE.owner());
        owner.sql("""
                INSERT INTO webhook_delivery (id, deprovision_id, group_id, body, status, attempts, created_at)
                SELECT 'msg_' || n, '01900000-0000-7000-8000-000000000000', 'group-' || n, repeat('x', 300),
                       CASE WHEN n > 99900 THEN 'PENDING' ELSE 'DELIVERED' END, 1, now()
                FROM generate_series(1, 100000) AS n
                """).update();
        owner.sql("VACUUM ANALYZE webhook_delivery").update();
    }

    @Test
    void countOfPendingDeliveries() {
        explained.planOf(deliveries::countPending).assertFlat(100, 20);
    }

    @Test
    void lookUpAndSave() {
        var delivery = deliveries.find("msg_100000").orElseThrow();

        explained.planOf(() -> deliveries.find(delivery.id())).assertFlat(1, 10);
        explained.planOf(() -> deliveries.save(delivery.delivered())).assertFlat(1, 60);
    }
}
