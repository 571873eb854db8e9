package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.deprovision.DeprovisionHistory.Page;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lists of runs, and of what blocks one. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Deprovisions.class, DeprovisionRow.class, RunLists.class, Blockers.class, DeprovisionHistory.class})
@Execution(SAME_THREAD)
class DeprovisionHistoryTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final Problem PROBLEM = new Problem(ProblemType.DEPENDENCIES_FOUND, "Members.", "Resolve them.");
    private static final RunFilter ALL = new RunFilter(null, null, null, null, null);

    @Autowired
    private Deprovisions runs;

    @Autowired
    private DeprovisionHistory history;

    @Autowired
    private Blockers blockers;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(template, "group_snapshot", "deprovision");
    }

    private Deprovision insertedBy(String caller, Instant at) {
        var run = Deprovision.requested(
                new GroupId(caller + at), new RunRequest(new Caller(caller), null, at, null, null));
        runs.insert(run);
        return run;
    }

    private List<Run> newest(
            @Nullable Status status, @Nullable String requestedBy, @Nullable Instant from, @Nullable Instant to) {
        var filter = new RunFilter(null, status, requestedBy == null ? null : new Caller(requestedBy), from, to);
        return history.page(filter, null, 10, run -> true).items();
    }

    @Test
    void findsTheRunsThatAFilterAdmitsTheNewestFirst() {
        var early = insertedBy("portal", NOW.minusSeconds(1));
        var exact = insertedBy("portal", NOW);
        var other = insertedBy("Portal", NOW.plusMillis(1));
        var late = runs.save(insertedBy("portal", NOW.plusMillis(2)).started(NOW));

        assertThat(newest(null, null, NOW, null)).containsExactly(late, other, exact);
        assertThat(newest(null, null, null, NOW)).containsExactly(early);
        assertThat(newest(null, null, NOW, NOW.plusMillis(2))).containsExactly(other, exact);
        assertThat(newest(null, null, NOW, NOW)).isEmpty();
        assertThat(newest(null, "portal", null, null)).containsExactly(late, exact, early);
        assertThat(newest(Status.SCHEDULED, "portal", null, null)).containsExactly(exact, early);
        assertThat(newest(Status.SCHEDULED, "portal", NOW, null)).containsExactly(exact);
        assertThat(newest(Status.RUNNING, null, null, null)).containsExactly(late);
        assertThat(history.page(RunFilter.of(other.groupId()), null, 10, run -> true)
                        .items())
                .containsExactly(other);
    }

    @Test
    void findsTheRunsOfAPeriodAlsoWhereTimesAreOutOfOrder() {
        insertedBy("portal", NOW.minus(Duration.ofHours(1)));
        var ahead = insertedBy("ahead", NOW.plusSeconds(20));
        var behind = insertedBy("behind", NOW.minus(Duration.ofMinutes(2)));
        var exact = insertedBy("portal", NOW);
        insertedBy("portal", NOW.plus(Duration.ofHours(1)));

        assertThat(newest(null, null, NOW.minus(Duration.ofMinutes(2)), NOW.plusSeconds(21)))
                .containsExactly(exact, behind, ahead);
        assertThat(newest(null, null, NOW.plusSeconds(20), NOW.plusSeconds(21))).containsExactly(ahead);
    }

    @Test
    void takesAnyTimeOfFourDigitYears() {
        var run = insertedBy("portal", NOW);
        var first = Instant.parse("0000-01-01T00:00:00Z");
        var last = Instant.parse("9999-12-31T23:59:59.999999999Z");

        assertThat(newest(null, null, first, last)).containsExactly(run);
        assertThat(newest(null, null, last, first)).isEmpty();
    }

    @Test
    void fillsEachPageWithRunsThatTheCallerMaySee() {
        var all = IntStream.range(0, 12)
                .mapToObj(n -> insertedBy(n % 4 == 0 ? "portal" : "other", NOW.plusSeconds(n)))
                .toList();
        Predicate<RunKey> visible = run -> run.requestedBy().equals(new Caller("portal"));

        var first = history.page(ALL, null, 2, visible);
        assertThat(first).isEqualTo(new Page(List.of(all.get(8), all.get(4)), true, null));
        var rest = history.page(ALL, history.key(all.get(4).id()).orElseThrow().sequence(), 2, visible);
        assertThat(rest).isEqualTo(new Page(List.of(all.get(0)), false, null));
        assertThat(history.page(ALL, null, 3, visible).more()).isFalse();
        assertThat(history.page(ALL, null, 1, run -> false)).isEqualTo(new Page(List.of(), false, null));
    }

    @Test
    void keepsBlockersInTheirOrderAndReadsThemPageByPage() {
        var found = IntStream.rangeClosed(1, 250)
                .mapToObj(n ->
                        new Blocker("type", n % 2 == 0 ? null : new MemberId("u" + n), null, "Größe " + n, "Do it."))
                .toList();
        var run = blocked(found);
        blockers.insert(run.id(), found);

        assertThat(run.verdict().blockers()).isEqualTo(250);
        assertThat(history.blockers(run, 0, 100)).isEqualTo(found.subList(0, 100));
        assertThat(history.blockers(run, 200, 100)).isEqualTo(found.subList(200, 250));
        assertThat(history.blockers(run, 250, 100)).isEmpty();
        assertThat(history.blockers(insertedBy("portal", NOW), 0, 100)).isEmpty();
    }

    private Deprovision blocked(List<Blocker> found) {
        var run = insertedBy("portal", NOW.plusSeconds(9));
        runs.save(run.started(NOW).blocked(PROBLEM, found, Progress.UNKNOWN, NOW));
        return (Deprovision) runs.find(run.id()).orElseThrow();
    }

    @Test
    void readsBlockersThatTheVersionBeforeHasKeptInTheRunsRow() {
        var run = blocked(List.of());
        jdbc.sql("UPDATE deprovision SET blockers = :json WHERE id = :id")
                .param(
                        "json",
                        "[{\"type\":\"a\",\"memberId\":\"u1\",\"detail\":\"1\",\"remedy\":\"2\"},"
                                + "{\"type\":\"b\",\"reference\":\"r\",\"detail\":\"3\",\"remedy\":\"4\"}]")
                .param("id", run.id().value())
                .update();

        var before = runs.find(run.id()).orElseThrow();

        assertThat(before.recorded().blockersTotal()).isEqualTo(2);
        assertThat(history.blockers(before, 0, 100))
                .containsExactly(
                        new Blocker("a", new MemberId("u1"), null, "1", "2"), new Blocker("b", null, "r", "3", "4"));
        assertThat(history.blockers(before, 1, 100)).containsExactly(new Blocker("b", null, "r", "3", "4"));
    }
}
