package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Explained;
import dev.deprovisioner.testbed.Plan;
import dev.deprovisioner.testbed.Postgres;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What is asked of the runs costs the same when there are 100,000: first 50,000 of one group, which succeeded, then those
 * of other groups, which failed, and 100 that are active. PostgreSQL does not know that they lie so.
 */
class DeprovisionPlansIT {

    private static final Postgres DATABASE = Postgres.createNotDurable().migrated();
    private static final String MANY_RUNS = "group-0";
    /** Pages of a look-up; what other tests roll back leaves entries behind, each of which costs one. */
    private static final int POINT = 60;

    private static final List<@Nullable Caller> REQUESTERS =
            Arrays.asList(null, new Caller("portal"), new Caller("rare"), new Caller("unknown"));

    /** One connection for all, because a new one takes longer than most statements. */
    private static final SingleConnectionDataSource CONNECTION = DATABASE.oneConnection();

    private final Explained explained = new Explained(CONNECTION);
    private final JdbcClient jdbc = JdbcClient.create(explained.dataSource());
    private final Deprovisions runs = new Deprovisions(jdbc, new DeprovisionRow());
    private final RunLists lists = new RunLists(jdbc, new DeprovisionRow());

    @BeforeAll
    static void load() {
        var owner = JdbcClient.create(DATABASE.owner());
        new Deprovisions(owner, new DeprovisionRow()).insert(requested("template"));
        owner.sql("""
                INSERT INTO deprovision (id, group_id, active_group_id, version, status, step, requested_by, requested_at,
                                         reason, attempt, revalidations, steps, finished_at, details_purged, held)
                SELECT (lpad(to_hex(1764547200000 + 1000 * n), 12, '0') || '70008000000000000000')::uuid, g, CASE WHEN active THEN g END, 1,
                       CASE WHEN active THEN 'WAITING' WHEN n > 50000 THEN 'FAILED' ELSE 'SUCCEEDED' END,
                       step, CASE WHEN n % 1000 = 1 THEN 'rare' ELSE requested_by END,
                       to_timestamp(1764547200 + n), repeat('x', 500), attempt, revalidations, steps,
                       CASE WHEN NOT active THEN to_timestamp(1764547200 + n) END, n <= 50000,
                       n <= 100 OR n > 50000
                FROM deprovision,
                     generate_series(1, 100000) AS n,
                     LATERAL (SELECT n > 99900 AS active) AS a,
                     LATERAL (SELECT 'group-' || CASE WHEN n > 50000 THEN n ELSE 0 END AS g) AS b
                """).update();
        owner.sql("""
                INSERT INTO webhook_delivery (id, deprovision_id, group_id, body, status, attempts, created_at)
                SELECT 'msg_' || id, id, group_id, '{}', CASE WHEN status = 'WAITING' THEN 'PENDING' ELSE 'DELIVERED' END,
                       1, requested_at
                FROM deprovision
                """).update();
        owner.sql("""
                INSERT INTO idempotency_key (caller, key_text, fingerprint, deprovision_id, created_at)
                SELECT 'portal', CAST(id AS VARCHAR(36)), 'f', id, requested_at FROM deprovision WHERE sequence <= 20000
                """).update();
        owner.sql("""
                INSERT INTO group_snapshot (deprovision_id, number, content) SELECT id, 0, '{}' FROM deprovision WHERE sequence <= 20000
                """).update();
        owner.sql("""
                INSERT INTO deprovision_blocker (deprovision_id, number, type, detail, remedy)
                SELECT id, 1, 'routing-profile', 'd', 'r' FROM deprovision WHERE sequence <= 20000
                """).update();
        owner.sql("""
                INSERT INTO checked_members (deprovision_id, checked_at, checks, members)
                SELECT id, requested_at, 'ROUTING_PROFILE', '["u"]' FROM deprovision WHERE sequence <= 20000
                """).update();
        owner.sql("VACUUM ANALYZE").update();
    }

    @AfterAll
    static void disconnect() {
        CONNECTION.close();
    }

    private static Deprovision requested(String group) {
        return Deprovision.requested(
                new GroupId(group),
                new RunRequest(new Caller("portal"), null, Instant.parse("2026-11-23T08:00:00Z"), null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {MANY_RUNS, "group-60000", "group-100000", "of which there is none"})
    void latestRunOfAGroup(String group) {
        assertThat(explained.of(() -> runs.latest(new GroupId(group))))
                .hasSizeBetween(2, 4)
                .allSatisfy(plan -> plan.assertFlat(4, POINT));
    }

    @ParameterizedTest
    @ValueSource(strings = {MANY_RUNS, "group-60000", "of which there is none"})
    void runThatDoesNotHoldAGroup(String group) {
        assertThat(explained.of(() -> runs.awaiting(runs.spelling(new GroupId(group)), new Caller("portal"))))
                .allSatisfy(plan -> plan.assertFlat(4, POINT));
    }

    @Test
    void runsThatHeldAGroupAmongManyThatNeverDid() {
        var deletion = explained.of(() -> runs.unresolvedDeletion(new GroupId(MANY_RUNS), DeprovisionId.next()));
        assertThat(deletion).allSatisfy(plan -> plan.assertFlat(150, 400));
    }

    @Test
    void insertionOfARun() {
        var plan = explained.planOf(() -> runs.insert(requested("new")));

        assertThat(plan.scans()).isEmpty();
        assertThat(plan.pages()).isLessThan(250);
    }

    @Test
    void saveAndLookUp() {
        var run = (Deprovision) runs.latest(new GroupId("group-100000")).orElseThrow();

        explained.planOf(() -> runs.find(run.id())).assertFlat(1, POINT);
        explained.planOf(() -> runs.save(run)).assertFlat(1, 60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal", "caller-without-runs"})
    void countOfACallersActiveRuns(String caller) {
        explained.planOf(() -> runs.countActive(new Caller(caller), 100)).assertFlat(100, 30);
    }

    @Test
    void runsThatCallersWaitFor() {
        var awaited =
                runs.ofGroup(new GroupId(MANY_RUNS), 50).stream().map(Run::id).toList();

        var reads = new AwaitedRuns(jdbc, new DeprovisionRow());
        explained
                .planOf(() -> reads.find(awaited, awaited.subList(0, 5), Instant.EPOCH))
                .assertFlat(50, 250);
    }

    @Test
    void countOfActiveRuns() {
        explained.planOf(runs::countActive).assertFlat(101, 40);
    }

    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"SUCCEEDED", "FAILED", "WAITING", "BLOCKED"})
    void pageOfRuns(@Nullable Status status) {
        for (var requestedBy : REQUESTERS) {
            for (var before : List.of(200_000L, 90_000L, 10_000L, 0L)) {
                var filter = new RunFilter(null, status, requestedBy, null, null);
                assertPageIsFlat(filter, before, 100, 70);
            }
        }
    }

    /** PostgreSQL reads the runs of a short period, if that looks cheaper than those that meet the other conditions. */
    @ParameterizedTest
    @NullSource
    @EnumSource(names = {"SUCCEEDED", "FAILED", "WAITING", "BLOCKED"})
    void pageOfRunsOfAPeriod(@Nullable Status status) {
        for (var requestedBy : REQUESTERS) {
            for (var begin : List.of(-9_000, 0, 20_000, 70_000, 99_900, 200_000)) {
                for (var length : List.of(100, 1_000, 10_000, 100_000)) {
                    var filter = new RunFilter(null, status, requestedBy, time(begin), time(begin + length));
                    assertPageIsFlat(filter, null, 1_800, 300);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MANY_RUNS, "group-60000", "of which there is none"})
    void pageOfRunsOfAGroup(String group) {
        for (var before : Arrays.asList(null, 40_000L, 1L)) {
            assertPageIsFlat(RunFilter.of(new GroupId(group)), before, 100, 70);
        }
    }

    /** Looks up where the period lies, then for the runs in it, then reads these. */
    private void assertPageIsFlat(RunFilter filter, @Nullable Long before, int rows, int pages) {
        explained.of(() -> lists.range(filter)).forEach(plan -> plan.assertFlat(2, POINT));
        var range = lists.range(filter);
        explained.planOf(() -> lists.newest(filter, range, before, 50)).assertFlat(rows, pages);
        var keys = lists.newest(filter, range, before, 50);
        explained.of(() -> lists.read(keys)).forEach(plan -> plan.assertFlat(50, 200));
    }

    @Test
    void pageForACallerThatMaySeeNoRun() {
        var history = new DeprovisionHistory(runs, lists, mock());

        var plans =
                explained.of(() -> history.page(new RunFilter(null, null, null, null, null), null, 100, run -> false));

        assertThat(plans).allSatisfy(plan -> plan.assertFlat(1000, 400));
        assertThat(plans.stream().mapToLong(Plan::rows).sum()).isLessThanOrEqualTo(RunSearch.MOST + RunSearch.STRETCH);
    }

    @Test
    void positionOfARun() {
        var run = runs.latest(new GroupId("group-100000")).orElseThrow();

        explained.planOf(() -> lists.find(run.id())).assertFlat(1, POINT);
    }

    /** Runs are requested one a second. */
    private static Instant time(int number) {
        return Instant.ofEpochSecond(1_764_547_200L + number);
    }

    @Test
    void runsOfAGroup() {
        assertThat(explained.of(() -> runs.ofGroup(new GroupId(MANY_RUNS), 50)))
                .allSatisfy(plan -> plan.assertFlat(150, 400));
    }

    @Test
    void holderOfAGroup() {
        explained.planOf(() -> runs.holder(new GroupId("group-100000"))).assertFlat(1, POINT);
    }

    @Test
    void purgeOfDetails() {
        var ended = new EndedRuns(jdbc);
        var all = explained.of(() -> {
            var locked = ended.lockDetailed(time(60_000));
            assertThat(locked).hasSize(EndedRuns.BATCH);
            ended.deleteDetails(locked);
            ended.saveWithoutDetails(RunDetails.remove(locked.getFirst()));
        });

        assertThat(all).allSatisfy(plan -> plan.assertFlat(100, 1000));
    }

    @Test
    void purgeOfRuns() {
        var ended = new EndedRuns(jdbc);
        var all = explained.of(() -> {
            var locked = ended.lockPurgeable(time(60_000));
            assertThat(locked).hasSize(EndedRuns.BATCH);
            ended.delete(locked);
        });

        assertThat(all).hasSize(8).allSatisfy(plan -> plan.assertFlat(200, 2500));
    }

    @Test
    void purgeOfNothing() {
        var ended = new EndedRuns(jdbc);

        explained.planOf(() -> ended.lockDetailed(time(-1))).assertFlat(0, POINT);
        explained.planOf(() -> ended.lockPurgeable(time(-1))).assertFlat(0, POINT);
    }
}
