package dev.deprovisioner.webhook;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.DeliveryId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the deliveries. */
@Repository
class Deliveries {

    private final JdbcClient jdbc;

    Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The deliveries that wait for the receiver, of a kind that this version sends. */
    private static final String HELD = "status = 'PENDING' AND held AND receiver IS NULL AND event IN (:events)";

    private static final List<String> EVENTS =
            Arrays.stream(WebhookEventType.values()).map(WebhookEventType::name).toList();

    /** @param number counts the deliveries in the order of their making */
    record Numbered(long number, StoredDelivery delivery) {}

    /** A delivery that waits for the receiver. */
    record Held(long number, DeliveryId id) {}

    void insert(Delivery delivery, Instant now) {
        jdbc.sql("""
                        INSERT INTO webhook_delivery (id, event, deprovision_id, group_id, body, status, attempts, attempts_before,
                                                      created_at, next_attempt_at, gives_up_at, held, last_error)
                        VALUES (:id, :event, :deprovisionId, :groupId, :body, :status, :attempts, :attemptsBefore,
                                :createdAt, :nextAttemptAt, :givesUpAt, :held, :lastError)
                        """)
                .param("event", delivery.message().event().name())
                .param("deprovisionId", delivery.message().deprovision().value())
                .param("groupId", delivery.message().group().value())
                .param("body", delivery.message().body())
                .param("createdAt", TimestampColumn.of(now))
                .params(DeliveryRow.columns(delivery))
                .update();
    }

    /**
     * Saves the result of a try, unless another try has ended the delivery or has been recorded meanwhile.
     *
     * @param before what the try was made of
     */
    boolean save(Delivery before, Delivery after) {
        return jdbc.sql("""
                        UPDATE webhook_delivery
                        SET status = :status, attempts = :attempts, next_attempt_at = :nextAttemptAt, held = :held,
                            last_error = :lastError
                        WHERE id = :id AND status = 'PENDING' AND attempts = :known
                        """)
                        .param("known", before.attempts())
                        .params(DeliveryRow.columns(after))
                        .update()
                == 1;
    }

    /** Saves what a caller has ordered of a delivery that the caller has locked. */
    void saveRedelivery(Delivery delivery) {
        jdbc.sql("""
                        UPDATE webhook_delivery
                        SET status = :status, attempts_before = :attemptsBefore, next_attempt_at = :nextAttemptAt,
                            gives_up_at = :givesUpAt, held = :held
                        WHERE id = :id
                        """).params(DeliveryRow.columns(delivery)).update();
    }

    Optional<StoredDelivery> find(DeliveryId id) {
        return find(id, "");
    }

    /** As it is, and stays until the caller's transaction ends. */
    Optional<StoredDelivery> lock(DeliveryId id) {
        return find(id, " FOR UPDATE");
    }

    private Optional<StoredDelivery> find(DeliveryId id, String lock) {
        return jdbc.sql("SELECT * FROM webhook_delivery WHERE id = :id" + lock)
                .param("id", id.value())
                .query((row, number) -> DeliveryRow.read(row))
                .optional();
    }

    /**
     * The newest deliveries.
     *
     * @param status of these only, or null for all
     * @param before older than this one only, or null for the newest
     */
    List<Numbered> newest(Delivery.@Nullable Status status, @Nullable Long before, int limit) {
        // BETWEEN keeps PostgreSQL from looking for a rare status along the order of all deliveries.
        var where = (status == null ? "" : " AND status BETWEEN :status AND :status")
                + (before == null ? "" : " AND number < :before");
        var order = (status == null ? "" : "status DESC, ") + "number DESC";
        var query = jdbc.sql(
                        "SELECT * FROM webhook_delivery WHERE TRUE" + where + " ORDER BY " + order + " LIMIT :limit")
                .param("limit", limit);
        if (status != null) {
            query = query.param("status", status.name());
        }
        if (before != null) {
            query = query.param("before", before);
        }
        return query.query((row, count) -> new Numbered(row.getLong("number"), DeliveryRow.read(row)))
                .list();
    }

    /** The first one after that number that waits for the receiver. */
    Optional<Held> firstHeld(long after) {
        return jdbc.sql("""
                        SELECT number, id FROM webhook_delivery
                        WHERE %s AND number > :after
                        ORDER BY status, number LIMIT 1
                        """.formatted(HELD))
                .param("events", EVENTS)
                .param("after", after)
                .query((row, count) -> new Held(row.getLong("number"), new DeliveryId(row.getString("id"))))
                .optional();
    }

    /** All that wait for the receiver. */
    List<DeliveryId> held() {
        return jdbc.sql("SELECT id FROM webhook_delivery WHERE %s ORDER BY number".formatted(HELD))
                .param("events", EVENTS)
                .query((row, number) -> new DeliveryId(row.getString("id")))
                .list();
    }

    /** Makes the deliveries that wait for the receiver due now. */
    void release(Instant now) {
        jdbc.sql("UPDATE webhook_delivery SET next_attempt_at = :now, held = FALSE WHERE %s".formatted(HELD))
                .param("events", EVENTS)
                .param("now", TimestampColumn.of(now))
                .update();
    }

    /** Keeps where a delivery came from, as a traceparent. */
    void keepTraceparent(DeliveryId id, String traceparent) {
        jdbc.sql("UPDATE webhook_delivery SET traceparent = :traceparent WHERE id = :id")
                .param("traceparent", traceparent)
                .param("id", id.value())
                .update();
    }

    Optional<String> traceparent(DeliveryId id) {
        return jdbc.sql("SELECT traceparent FROM webhook_delivery WHERE id = :id AND traceparent IS NOT NULL")
                .param("id", id.value())
                .query(String.class)
                .optional();
    }

    long countPending() {
        return jdbc.sql("SELECT COUNT(*) FROM webhook_delivery WHERE status = 'PENDING'")
                .query(Long.class)
                .single();
    }
}
