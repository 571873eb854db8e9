package dev.deprovisioner.webhook;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
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

    void insert(Delivery delivery, Instant now) {
        jdbc.sql("""
                        INSERT INTO webhook_delivery (id, deprovision_id, group_id, body, status, attempts, created_at,
                                                      next_attempt_at, last_error)
                        VALUES (:id, :deprovisionId, :groupId, :body, :status, :attempts, :createdAt,
                                :nextAttemptAt, :lastError)
                        """)
                .param("id", delivery.id())
                .param("deprovisionId", delivery.deprovision().value())
                .param("groupId", delivery.group().value())
                .param("body", delivery.body())
                .param("status", delivery.status().name())
                .param("attempts", delivery.attempts())
                .param("createdAt", at(now))
                .param("nextAttemptAt", at(delivery.nextAttemptAt()))
                .param("lastError", delivery.lastError())
                .update();
    }

    /** Saves the result of a try, unless another try has ended the delivery or has been recorded meanwhile. */
    boolean save(Delivery delivery) {
        return jdbc.sql("""
                        UPDATE webhook_delivery
                        SET status = :status, attempts = :attempts, next_attempt_at = :nextAttemptAt, last_error = :lastError
                        WHERE id = :id AND status = 'PENDING' AND attempts = :attempts - 1
                        """)
                        .param("id", delivery.id())
                        .param("status", delivery.status().name())
                        .param("attempts", delivery.attempts())
                        .param("nextAttemptAt", at(delivery.nextAttemptAt()))
                        .param("lastError", delivery.lastError())
                        .update()
                == 1;
    }

    Optional<Delivery> find(String id) {
        return jdbc.sql("SELECT * FROM webhook_delivery WHERE id = :id")
                .param("id", id)
                .query((row, number) -> delivery(row))
                .optional();
    }

    /** Keeps where a delivery came from, as a traceparent. */
    void keepTraceparent(String id, String traceparent) {
        jdbc.sql("UPDATE webhook_delivery SET traceparent = :traceparent WHERE id = :id")
                .param("traceparent", traceparent)
                .param("id", id)
                .update();
    }

    Optional<String> traceparent(String id) {
        return jdbc.sql("SELECT traceparent FROM webhook_delivery WHERE id = :id AND traceparent IS NOT NULL")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    long countPending() {
        return jdbc.sql("SELECT COUNT(*) FROM webhook_delivery WHERE status = 'PENDING'")
                .query(Long.class)
                .single();
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        var next = row.getObject("next_attempt_at", OffsetDateTime.class);
        return new Delivery(
                row.getString("id"),
                new DeprovisionId(row.getObject("deprovision_id", UUID.class)),
                new GroupId(row.getString("group_id")),
                row.getString("body"),
                Delivery.Status.valueOf(row.getString("status")),
                row.getInt("attempts"),
                next == null ? null : next.toInstant(),
                row.getString("last_error"));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
