package dev.deprovisioner.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.identifier.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The entries, insert-only. The table is the truth; the {@code audit} log stream repeats it, one JSON line each. */
@Component
public class AuditTrail {

    private static final Logger stream = LoggerFactory.getLogger("audit");

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private final JdbcClient jdbc;

    AuditTrail(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds an entry to the caller's transaction, and to the log stream once that has committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(AuditEntry entry) {
        jdbc.sql("""
                        INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, error, webhook_synced,
                                                 deprovision_id, actor, reason)
                        VALUES (:occurredAt, :groupId, :action, :status, :latencyMs, :error, :webhookSynced,
                                :deprovisionId, :actor, :reason)
                        """)
                .param("occurredAt", entry.timestamp().atOffset(ZoneOffset.UTC))
                .param("groupId", entry.groupId())
                .param("action", entry.action().name())
                .param("status", entry.status().name())
                .param("latencyMs", entry.latencyMs())
                .param("error", entry.error())
                .param("webhookSynced", entry.webhookSynced())
                .param("deprovisionId", entry.deprovisionId())
                .param("actor", entry.actor())
                .param("reason", entry.reason())
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                stream.info(line(entry));
            }
        });
    }

    /** An entry as one line of JSON, the same in the log stream and in an export. */
    static String line(AuditEntry entry) {
        return JSON.writeValueAsString(entry);
    }

    /**
     * The first entries in the order in which they were written, of one group or of all. BETWEEN, where = would do,
     * keeps PostgreSQL from looking for a frequent group along the order of all entries.
     */
    List<AuditEntry> list(@Nullable GroupId group, int limit) {
        var sql = "SELECT * FROM audit_entry "
                + (group == null ? "ORDER BY id" : "WHERE group_id BETWEEN :groupId AND :groupId ORDER BY group_id, id")
                + " LIMIT :limit";
        return jdbc.sql(sql)
                .param("groupId", group == null ? null : group.value())
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getString("group_id"),
                AuditEntry.Action.valueOf(row.getString("action")),
                AuditEntry.Status.valueOf(row.getString("status")),
                row.getLong("latency_ms"),
                row.getString("error"),
                row.getBoolean("webhook_synced"),
                row.getString("deprovision_id"),
                row.getString("actor"),
                row.getString("reason"));
    }
}
