package dev.deprovisioner.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.database.AfterCommit;
import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.GroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The entries, insert-only. The table is the truth; the {@code audit} log stream repeats it, one JSON line each. */
@Component
public class AuditTrail {

    private static final Logger stream = LoggerFactory.getLogger("audit");

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    /**
     * Joins a PURGE entry with the entry after the last that it covers, which has the hash of that one. With a key, an entry
     * that no process of the service wrote covers nothing.
     */
    private static final String COVERING = """
            FROM audit_entry AS purge
            LEFT JOIN audit_entry AS following
              ON following.sequence = purge.purged_sequence + 1 AND following.previous_hash = purge.purged_hash
                AND purge.sequence > purge.purged_sequence AND purge.authentic IS NOT FALSE
            WHERE purge.group_id IS NULL AND purge.action = 'PURGE'
            """;

    private final JdbcClient jdbc;
    private final AuditProperties properties;
    private final AtomicBoolean hasNewEntries = new AtomicBoolean();

    AuditTrail(JdbcClient jdbc, AuditProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /** Adds an entry to the caller's transaction, and to the log stream once that has committed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(AuditEntry entry) {
        insert(entry);
        AfterCommit.run(() -> {
            hasNewEntries.set(true);
            stream.info(line(entry));
        });
    }

    /** Whether this process has written entries since this was last asked. */
    boolean hasNewEntries() {
        return hasNewEntries.getAndSet(false);
    }

    private void insert(AuditEntry entry) {
        var columns = columns(entry);
        columns.put("mac", properties.current().mac(entry));
        var names = columns.keySet();
        jdbc.sql("INSERT INTO audit_entry (%s) VALUES (:%s)"
                        .formatted(String.join(", ", names), String.join(", :", names)))
                .params(columns)
                .update();
    }

    /** What is written of an entry before it is sealed, always in the same order. */
    private static Map<String, @Nullable Object> columns(AuditEntry entry) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("occurred_at", TimestampColumn.of(entry.timestamp()));
        columns.put("group_id", entry.groupId());
        columns.put("action", entry.action());
        columns.put("status", entry.status());
        columns.put("latency_ms", entry.latencyMs());
        columns.put("error", entry.error());
        columns.put("webhook_synced", entry.webhookSynced());
        columns.put("outcome", entry.outcome());
        columns.put("members", entry.members());
        putContext(columns, entry);
        return columns;
    }

    private static void putContext(Map<String, @Nullable Object> columns, AuditEntry entry) {
        columns.put("deprovision_id", entry.deprovisionId());
        columns.put("actor", entry.actor());
        columns.put("on_behalf_of", entry.onBehalfOf());
        columns.put("reason", entry.reason());
        columns.put("purged_sequence", entry.purgedSequence());
        columns.put("purged_hash", entry.purgedHash());
        columns.put("details", Details.stored(entry.details()));
    }

    /** An entry as one line of JSON, the same in the log stream and in an export. */
    static String line(AuditEntry entry) {
        return JSON.writeValueAsString(entry);
    }

    /**
     * Entries of one group or of all: the sealed ones in the order of the chain, then those that are not sealed yet. One
     * statement, so that an entry that is sealed meanwhile is not missed between the two.
     *
     * <p>BETWEEN, where = would do, keeps PostgreSQL from looking for a frequent group along the order of all entries.
     *
     * @param after the sequence of the last entry that is known, 0 for none
     */
    List<AuditEntry> list(@Nullable GroupId group, long after, int limit) {
        var where = group == null ? "" : "group_id BETWEEN :groupId AND :groupId AND ";
        var order = group == null ? "" : "group_id, ";
        return jdbc.sql("""
                        SELECT * FROM (
                            (SELECT * FROM audit_entry WHERE %1$s sequence > :after ORDER BY %2$s sequence LIMIT :limit)
                            UNION ALL
                            (SELECT * FROM audit_entry WHERE %1$s sequence IS NULL ORDER BY %2$s id LIMIT :limit)
                        ) AS page
                        ORDER BY CASE WHEN sequence IS NULL THEN 1 ELSE 0 END, sequence, id
                        LIMIT :limit
                        """.formatted(where, order))
                .param("groupId", group == null ? null : group.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    /** @param from the sequence that the first of these sealed entries has, or would have */
    List<AuditEntry> sealed(long from, int limit) {
        return jdbc.sql("SELECT * FROM audit_entry WHERE sequence >= :from ORDER BY sequence LIMIT :limit")
                .param("from", from)
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    /** Whether an entry says already that this one is purged: one that is not sealed yet, or one that covers it. */
    boolean isPurgeAnnounced(long sequence) {
        return jdbc.sql("SELECT COUNT(*) " + COVERING + """
                                  AND purge.purged_sequence >= :sequence
                                  AND (purge.sequence IS NULL OR following.sequence IS NOT NULL)
                                """)
                        .param("sequence", sequence)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /**
     * Finds the PURGE entry that covers most of the chain up to this entry. Of those that go equally far, one that names the
     * entry's hash comes first.
     */
    Optional<AuditEntry> lastPurge(ChainHead through) {
        return jdbc.sql("""
                        SELECT * FROM audit_entry
                        WHERE group_id IS NULL AND action = 'PURGE' AND purged_sequence <= :sequence
                          AND sequence > purged_sequence
                        ORDER BY purged_sequence DESC, CASE WHEN purged_hash = :hash THEN 0 ELSE 1 END, sequence
                        LIMIT 1
                        """)
                .param("sequence", through.sequence())
                .param("hash", through.hash())
                .query((row, number) -> entry(row))
                .optional();
    }

    /**
     * Deletes what a sealed entry after it covers; PostgreSQL refuses to delete anything else.
     *
     * @return how many entries were deleted
     */
    int deletePurged() {
        return jdbc.sql("DELETE FROM audit_entry WHERE sequence BETWEEN 1 AND (SELECT MAX(purge.purged_sequence) "
                        + COVERING + " AND following.sequence IS NOT NULL)")
                .update();
    }

    static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                TimestampColumn.read(row, "occurred_at"),
                row.getString("group_id"),
                row.getString("action"),
                row.getString("status"),
                row.getLong("latency_ms"),
                row.getString("error"),
                row.getBoolean("webhook_synced"),
                row.getObject("sequence", Long.class),
                row.getString("deprovision_id"),
                row.getString("actor"),
                row.getString("on_behalf_of"),
                row.getString("reason"),
                row.getString("outcome"),
                row.getObject("members", Integer.class),
                Details.of(row),
                row.getString("content_hash"),
                row.getString("previous_hash"),
                row.getString("hash"),
                row.getObject("format", Integer.class));
    }
}
