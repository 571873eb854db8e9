package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Explained;
import dev.deprovisioner.testbed.Postgres;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is asked of the runs costs the same when there are 100,000: first 50,000 of one group, which succeeded, then those
 * of other groups, which failed, and 100 that are active. PostgreSQL does not know that they lie so.
 */
class DeprovisionPlansIT {

    private static final Postgres DATABASE = Postgres.createNotDurable().migrated();
    private static final String MANY_RUNS = "group-0";

    private final Explained explained = new Explained(DATABASE.application());
    private final JdbcClient jdbc = JdbcClient.create(explained.dataSource());
    private final Deprovisions runs = new Deprovisions(jdbc, new DeprovisionRow());

    @BeforeAll
    static void load() {
        var owner = JdbcClient.create(DATABASE.owner());
        new Deprovisions(owner, new DeprovisionRow()).insert(requested("template"));
        owner.sql("""
                INSERT INTO deprovision (id, group_id, active_group_id, version, status, step, requested_by, requested_at,
                                         reason, attempt, revalidations, steps, blockers)
                SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, g, CASE WHEN active THEN g END, 1,
                       CASE WHEN active THEN 'WAITING' WHEN n > 50000 THEN 'FAILED' ELSE 'SUCCEEDED' END,
                       step, requested_by, requested_at, repeat('x', 500), attempt, revalidations, steps, blockers
                FROM deprovision,
                     generate_series(1, 100000) AS n,
                     LATERAL (SELECT n > 99900 AS active) AS a,
                     LATERAL (SELECT 'group-' || CASE WHEN n > 50000 THEN n ELSE 0 END AS g) AS b
                """).update();
        owner.sql("VACUUM ANALYZE deprovision").update();
    }

    private static Deprovision requested(String group) {
        return Deprovision.requested(
                new GroupId(group), new RunRequest("portal", null, Instant.parse("2026-11-23T08:00:00Z"), null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {MANY_RUNS, "group-60000", "group-100000", "of which there is none"})
    void latestRunOfAGroup(String group) {
        explained.planOf(() -> runs.latest(new GroupId(group))).assertFlat(4, 20);
    }

    @Test
    void insertionOfARun() {
        var plan = explained.planOf(() -> runs.insert(requested("new")));

        assertThat(plan.scans()).isEmpty();
        assertThat(plan.pages()).isLessThan(150);
    }

    @Test
    void saveAndLookUp() {
        var run = runs.latest(new GroupId("group-100000")).orElseThrow();

        explained.planOf(() -> runs.find(run.id())).assertFlat(1, 10);
        explained.planOf(() -> runs.save(run)).assertFlat(1, 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal", "of whom there is no run"})
    void countOfACallersActiveRuns(String caller) {
        explained.planOf(() -> runs.countActive(caller, 100)).assertFlat(100, 20);
    }

    @Test
    void runsThatSomebodyWaitsFor() {
        var awaited = runs.ofGroup(new GroupId(MANY_RUNS), 50).stream()
                .map(Deprovision::id)
                .toList();

        explained.planOf(() -> runs.ended(awaited)).assertFlat(50, 250);
    }

    @Test
    void countOfActiveRuns() {
        explained.planOf(runs::countActive).assertFlat(101, 40);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"SUCCEEDED", "FAILED", "WAITING", "BLOCKED"})
    void pageOfRuns(@Nullable Status status) {
        for (var last : new String[] {"ffffffffffff", "000000015f90", "000000002710", "000000000000"}) {
            var cursor = DeprovisionId.of("01900000-0000-7000-8000-" + last);
            explained.planOf(() -> runs.newest(status, cursor, 50)).assertFlat(50, 70);
        }
    }

    @Test
    void runsOfAGroup() {
        explained.planOf(() -> runs.ofGroup(new GroupId(MANY_RUNS), 50)).assertFlat(50, 70);
    }
}
