package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Explained;
import dev.deprovisioner.testbed.Plan;
import dev.deprovisioner.testbed.Postgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A page of the trail costs the same when there are 1,000,000 entries: first those of many groups, then 500,000 of one.
 * PostgreSQL does not know that they lie so.
 */
class AuditPlansIT {

    private static final Postgres DATABASE = Postgres.create().migrated();

    private final Explained explained = new Explained(DATABASE.application());
    private final JdbcClient jdbc = JdbcClient.create(explained.dataSource());

    @BeforeAll
    static void load() {
        var owner = JdbcClient.create(DATABASE.owner());
        owner.sql("""
                INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced, deprovision_id, actor)
                SELECT now(), 'group-' || CASE WHEN n > 500000 THEN 0 ELSE n / 10 END, 'VALIDATE', 'SUCCESS', n % 1000, FALSE,
                       '01900000-0000-7000-8000-' || lpad(to_hex(n / 5), 12, '0'), 'portal'
                FROM generate_series(1, 1000000) AS n
                """).update();
        owner.sql("VACUUM ANALYZE audit_entry").update();
    }

    @ParameterizedTest
    @CsvSource({"group-0", "group-40000", "of which there is none", ","})
    void firstPage(@Nullable String group) {
        var trail = new AuditTrail(jdbc);

        assertPage(explained.planOf(() -> trail.list(group == null ? null : new GroupId(group), 100)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 400_000, 900_000, 999_950})
    void pageOfAllAfterAnEntry(long after) {
        assertPage(page("WHERE id > :after ORDER BY id", "", after));
    }

    @ParameterizedTest
    @CsvSource({"group-0, 0", "group-0, 700000", "group-0, 999950", "group-40000, 0", "group-40000, 600000"})
    void pageOfOneGroupAfterAnEntry(String group, long after) {
        assertPage(
                page("WHERE group_id BETWEEN :group AND :group AND id > :after ORDER BY group_id, id", group, after));
    }

    private Plan page(String condition, String group, long after) {
        return explained.planOf(() -> jdbc.sql("SELECT * FROM audit_entry " + condition + " LIMIT :limit")
                .param("group", group)
                .param("after", after)
                .param("limit", 100)
                .query()
                .listOfRows());
    }

    private static void assertPage(Plan plan) {
        plan.assertFlat(100, 120);
    }

    @Test
    void insertionOfAnEntry() {
        var plan = explained.planOf(() -> jdbc.sql("""
                        INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced,
                                                 deprovision_id, actor)
                        VALUES (now(), 'group-0', 'REQUEST', 'SUCCESS', 0, FALSE, 'run', 'portal')
                        """).update());

        assertThat(plan.pages()).isLessThan(150);
    }
}
