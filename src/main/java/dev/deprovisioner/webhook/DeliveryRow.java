package dev.deprovisioner.webhook;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a delivery lies in its row. */
final class DeliveryRow {

    private DeliveryRow() {}

    /** The columns that change over time, and the id. */
    static Map<String, @Nullable Object> columns(Delivery delivery) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("id", delivery.id().value());
        columns.put("status", delivery.status().name());
        columns.put("attempts", delivery.tries().made());
        columns.put("attemptsBefore", delivery.tries().attemptsBeforeRedelivery());
        columns.put("nextAttemptAt", TimestampColumn.ofNullable(delivery.tries().next()));
        columns.put("givesUpAt", TimestampColumn.of(delivery.tries().end()));
        columns.put("held", delivery.tries().held());
        columns.put("lastError", delivery.lastError());
        return columns;
    }

    static StoredDelivery read(ResultSet row) throws SQLException {
        return isUnderstood(row) ? understood(row) : newer(row);
    }

    private static boolean isUnderstood(ResultSet row) throws SQLException {
        return isKnown(WebhookEventType.class, row.getString("event"))
                && isKnown(Delivery.Status.class, row.getString("status"))
                && row.getString("receiver") == null
                && row.getString("group_id") != null
                && row.getString("deprovision_id") != null;
    }

    private static boolean isKnown(Class<? extends Enum<?>> words, String word) {
        return Arrays.stream(words.getEnumConstants())
                .anyMatch(known -> known.name().equals(word));
    }

    private static NewerDelivery newer(ResultSet row) throws SQLException {
        return new NewerDelivery(
                new DeliveryId(row.getString("id")),
                row.getString("group_id"),
                row.getString("status"),
                row.getInt("attempts"),
                TimestampColumn.readNullable(row, "next_attempt_at"),
                row.getString("last_error"));
    }

    private static Delivery understood(ResultSet row) throws SQLException {
        var message = new Delivery.Message(
                WebhookEventType.valueOf(row.getString("event")),
                new DeprovisionId(row.getObject("deprovision_id", UUID.class)),
                new GroupId(row.getString("group_id")),
                row.getString("body"));
        return new Delivery(
                new DeliveryId(row.getString("id")),
                message,
                Delivery.Status.valueOf(row.getString("status")),
                tries(row),
                row.getString("last_error"));
    }

    private static Delivery.Tries tries(ResultSet row) throws SQLException {
        var end = TimestampColumn.readNullable(row, "gives_up_at");
        return new Delivery.Tries(
                row.getInt("attempts"),
                row.getInt("attempts_before"),
                TimestampColumn.readNullable(row, "next_attempt_at"),
                end != null ? end : TimestampColumn.read(row, "created_at").plus(DeliverySchedule.LENGTH),
                row.getBoolean("held"));
    }
}
