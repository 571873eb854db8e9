package dev.deprovisioner.audit;

import dev.deprovisioner.database.DatabaseKind;
import dev.deprovisioner.database.TimestampColumn;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps the chain's head, and writes what is sealed. */
@Repository
class ChainStore {

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final DatabaseKind kind;

    ChainStore(DataSource database) {
        this.template = new JdbcTemplate(database);
        this.jdbc = JdbcClient.create(template);
        this.kind = DatabaseKind.of(database);
    }

    ChainHead head() {
        return select("").orElseThrow();
    }

    /**
     * Holds the head until the caller's transaction ends.
     *
     * @return empty while another process holds it
     */
    Optional<ChainHead> lock() {
        if (kind == DatabaseKind.POSTGRESQL) {
            // A process that is stopped while it holds the head would keep all others from sealing.
            template.execute("SET LOCAL idle_in_transaction_session_timeout = '10s'");
        }
        return select(" FOR UPDATE SKIP LOCKED");
    }

    private Optional<ChainHead> select(String clause) {
        return jdbc.sql("SELECT sequence, hash, key_id FROM audit_chain WHERE id = 1" + clause)
                .query((row, number) ->
                        new ChainHead(row.getLong("sequence"), row.getString("hash"), row.getString("key_id")))
                .optional();
    }

    /**
     * An entry and what its row has besides.
     *
     * @param mac as its writer made it; null if the writer had no key
     * @param authentic whether the mac is good; null while that is not known
     */
    record Numbered(
            long id,
            AuditEntry entry,
            @Nullable String mac,
            @Nullable Boolean authentic) {}

    /** The committed entries to seal next. An entry that is committed later is sealed later, even with a lower id. */
    List<Numbered> unsealed(int limit) {
        return jdbc.sql("SELECT * FROM audit_entry WHERE sequence IS NULL ORDER BY id LIMIT :limit")
                .param("limit", limit)
                .query((row, number) ->
                        new Numbered(row.getLong("id"), AuditTrail.entry(row), row.getString("mac"), null))
                .list();
    }

    boolean hasUnsealed() {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM audit_entry WHERE sequence IS NULL)")
                .query(Boolean.class)
                .single();
    }

    UnsealedEntries.Count countUnsealed() {
        return jdbc.sql(
                        "SELECT COUNT(*) AS entries, MIN(occurred_at) AS oldest FROM audit_entry WHERE sequence IS NULL")
                .query((row, number) ->
                        new UnsealedEntries.Count(row.getLong("entries"), TimestampColumn.readNullable(row, "oldest")))
                .single();
    }

    void save(List<Numbered> sealed) {
        var sql = """
                UPDATE audit_entry SET sequence = ?, previous_hash = ?, hash = ?, content_hash = ?, format = ?, authentic = ?
                WHERE id = ? AND sequence IS NULL
                """;
        int[][] counts = template.batchUpdate(sql, sealed, sealed.size(), (statement, next) -> {
            statement.setObject(1, next.entry().sequence());
            statement.setString(2, next.entry().previousHash());
            statement.setString(3, next.entry().hash());
            statement.setString(4, next.entry().contentHash());
            statement.setObject(5, next.entry().format());
            statement.setObject(6, next.authentic());
            statement.setLong(7, next.id());
        });
        for (int count : counts[0]) {
            requireOne(count);
        }
    }

    void advance(ChainHead before, ChainHead after) {
        requireOne(jdbc.sql("""
                        UPDATE audit_chain SET sequence = :sequence, hash = :hash, key_id = :keyId
                        WHERE id = 1 AND sequence = :before
                        """)
                .param("sequence", after.sequence())
                .param("hash", after.hash())
                .param("keyId", after.keyId())
                .param("before", before.sequence())
                .update());
    }

    private static void requireOne(int rows) {
        if (rows != 1) {
            throw new OptimisticLockingFailureException("Another process has sealed entries in the meantime");
        }
    }
}
