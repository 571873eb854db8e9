package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Explained;
import dev.deprovisioner.testbed.Postgres;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A page of the trail costs the same when there are 100,000 entries: first those of many groups, then 50,000 of one, of which
 * the last 10,000 are not sealed. PostgreSQL does not know that they lie so.
 */
class AuditPlansIT {

    private static final Postgres DATABASE = Postgres.createNotDurable().migrated();

    private final Explained explained = new Explained(DATABASE.application());
    private final JdbcClient jdbc = JdbcClient.create(explained.dataSource());

    /** As the owner, who can tell the table to take sealed entries. */
    @BeforeAll
    static void load() {
        var owner = JdbcClient.create(DATABASE.owner());
        owner.sql("ALTER TABLE audit_entry DISABLE TRIGGER USER").update();
        owner.sql("""
                INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced, deprovision_id, actor,
                                         sequence, previous_hash, hash)
                SELECT now(), 'group-' || CASE WHEN n > 50000 THEN 0 ELSE n / 10 END, 'VALIDATE', 'SUCCESS', n % 1000, FALSE,
                       '01900000-0000-7000-8000-' || lpad(to_hex(n / 5), 12, '0'), 'portal',
                       CASE WHEN n <= 90000 THEN n END, lpad(to_hex(n - 1), 64, '0'), lpad(to_hex(n), 64, '0')
                FROM generate_series(1, 100000) AS n
                """).update();
        owner.sql("ALTER TABLE audit_entry ENABLE TRIGGER USER").update();
        owner.sql("VACUUM ANALYZE audit_entry").update();
    }

    @ParameterizedTest
    @CsvSource({
        "group-0, 0",
        "group-0, 70000",
        "group-0, 89950",
        "group-4000, 0",
        "group-4000, 60000",
        "of which there is none, 0",
        ", 0",
        ", 40000",
        ", 80000",
        ", 89950"
    })
    void page(@Nullable String group, long after) {
        var trail = new AuditTrail(jdbc, new AuditProperties(List.of(), null));

        explained
                .planOf(() -> trail.list(group == null ? null : new GroupId(group), after, 100))
                .assertFlat(200, 240);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 50_000, 89_950})
    void sealedEntriesToVerify(long after) {
        explained
                .planOf(() -> new AuditTrail(jdbc, new AuditProperties(List.of(), null)).sealed(after, 100))
                .assertFlat(100, 120);
    }

    @Test
    void purgeOfTheBeginning() {
        var trail = new AuditTrail(jdbc, new AuditProperties(List.of(), null));

        explained
                .planOf(() -> trail.lastPurge(new ChainHead(70_000, "x", null)))
                .assertFlat(100, 120);
    }

    /** 10,000 wait. */
    @Test
    void nextEntriesToSeal() {
        var chain = new ChainStore(explained.dataSource());

        explained.planOf(() -> chain.unsealed(100)).assertFlat(100, 120);
    }

    @Test
    void insertionOfAnEntry() {
        var plan = explained.planOf(() -> jdbc.sql("""
                        INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced,
                                                 deprovision_id, actor)
                        VALUES (now(), 'group-0', 'REQUEST', 'SUCCESS', 0, FALSE, 'run', 'portal')
                        """).update());

        assertThat(plan.pages()).isLessThan(250);
    }
}
