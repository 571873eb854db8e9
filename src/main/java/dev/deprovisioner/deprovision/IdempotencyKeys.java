package dev.deprovisioner.deprovision;

import dev.deprovisioner.database.TimestampColumn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps which run a request under an Idempotency-Key got. A key belongs to its caller. */
@Repository
class IdempotencyKeys {

    /** From the answer on. */
    static final Duration KEPT = Duration.ofHours(24);

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The stored answer to a request. */
    record Answered(Fingerprint fingerprint, DeprovisionId run) {}

    /** The answer to the request with this key; empty if there was none within the last 24 hours. */
    Optional<Answered> find(Caller caller, IdempotencyKey key, Instant now) {
        return jdbc.sql("""
                        SELECT fingerprint, deprovision_id FROM idempotency_key
                        WHERE caller = :caller AND key_text = :key AND created_at > :cutoff
                        """)
                .param("caller", caller.value())
                .param("key", key.value())
                .param("cutoff", cutoff(now))
                .query((row, number) -> new Answered(
                        new Fingerprint(row.getString("fingerprint")),
                        new DeprovisionId(row.getObject("deprovision_id", UUID.class))))
                .optional();
    }

    /**
     * Keeps an answer, in place of an expired one. Waits while another transaction inserts the same key.
     *
     * @throws org.springframework.dao.DuplicateKeyException if there is an answer that has not expired
     */
    void insert(Caller caller, IdempotencyKey key, Answered answered, Instant now) {
        jdbc.sql("""
                        DELETE FROM idempotency_key
                        WHERE caller = :caller AND key_text = :key AND created_at <= :cutoff
                        """)
                .param("caller", caller.value())
                .param("key", key.value())
                .param("cutoff", cutoff(now))
                .update();
        jdbc.sql("""
                        INSERT INTO idempotency_key (caller, key_text, fingerprint, deprovision_id, created_at)
                        VALUES (:caller, :key, :fingerprint, :run, :now)
                        """)
                .param("caller", caller.value())
                .param("key", key.value())
                .param("fingerprint", answered.fingerprint().value())
                .param("run", answered.run().value())
                .param("now", TimestampColumn.of(now))
                .update();
    }

    /** @return how many had expired */
    int deleteExpired(Instant now) {
        return jdbc.sql("DELETE FROM idempotency_key WHERE created_at <= :cutoff")
                .param("cutoff", cutoff(now))
                .update();
    }

    private static OffsetDateTime cutoff(Instant now) {
        return TimestampColumn.of(now.minus(KEPT));
    }
}
