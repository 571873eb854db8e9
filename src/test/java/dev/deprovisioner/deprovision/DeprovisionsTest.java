package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.GroupSnapshot.Member;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The store: what is read equals what was written, and the database itself keeps to one active run a group. Statements
 * commit one by one, because a refused one ends a transaction of PostgreSQL.
 */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Deprovisions.class, DeprovisionRow.class, RunLists.class, Blockers.class, DeprovisionHistory.class})
@Execution(SAME_THREAD)
class DeprovisionsTest {

    private static final Caller PORTAL = new Caller("portal");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final GroupId GROUP = new GroupId("größe …");
    private static final Problem PROBLEM =
            new Problem(ProblemType.DEPENDENCIES_FOUND, "2 members would be orphaned.", "Resolve them.");

    @Autowired
    private Deprovisions runs;

    @BeforeEach
    void empty(@Autowired JdbcTemplate jdbc) {
        JdbcTestUtils.deleteFromTables(jdbc, "group_snapshot", "deprovision");
    }

    private static Deprovision requested(GroupId group) {
        return Deprovision.requested(group, new RunRequest(PORTAL, null, NOW, "It's \"over\"", null));
    }

    private Deprovision inserted(GroupId group) {
        var run = requested(group);
        runs.insert(run);
        return run;
    }

    @Test
    void readsWhatItWrote() {
        var run = inserted(GROUP);
        assertThat(runs.find(run.id())).contains(run);

        var blocked = run.started(NOW)
                .sent(sent -> sent.intending(List.of()).accepted(NOW))
                .blocked(PROBLEM, List.of(Runs.blocker()), new Progress("Größe", true, 2, 2, null), NOW.plusMillis(5));
        assertThat(runs.find(runs.save(blocked).id())).contains(blocked.saved());
    }

    @Test
    void followsTheOrderOfRequestsAndNotThatOfIds() {
        var highest = requested(GROUP, new UUID(-1, -1));
        runs.insert(highest);
        runs.save(highest.started(NOW).failed(PROBLEM, List.of(), NOW));
        var lowest = requested(GROUP, new UUID(0, 0));
        runs.insert(lowest);
        var last = runs.save(lowest.started(NOW).failed(PROBLEM, List.of(), NOW));

        assertThat(runs.latest(GROUP)).contains(last);
        assertThat(runs.ofGroup(GROUP, 1)).containsExactly(last);
    }

    /** As a process makes it whose clock is wrong. */
    private static Deprovision requested(GroupId group, UUID id) {
        var run = requested(group);
        return new Deprovision(
                new DeprovisionId(id),
                group,
                0,
                true,
                run.request(),
                run.status(),
                run.step(),
                run.steps(),
                run.progress(),
                run.timeline(),
                run.verdict(),
                null);
    }

    @Test
    void prefersTheActiveRunToALaterOne() {
        var active = requested(GROUP);
        var later = inserted(GROUP);
        runs.save(later.started(NOW).failed(PROBLEM, List.of(), NOW));
        assertThat(runs.latest(GROUP))
                .contains(later.started(NOW).failed(PROBLEM, List.of(), NOW).saved());
        runs.insert(active);
        assertThat(runs.latest(GROUP)).contains(active);
    }

    @Test
    void readsASuccessWithoutAReceiver() {
        var run = inserted(GROUP)
                .started(NOW)
                .confirmedGone(Outcome.ALREADY_ABSENT, NOW)
                .succeeded(false, NOW);
        runs.save(run);
        assertThat(runs.find(run.id())).contains(run.saved());
        runs.markWebhookSynced(run.id());
        assertThat(runs.find(run.id()).orElseThrow().webhookSynced()).isTrue();
    }

    @Test
    void holdsOneActiveRunAGroup() {
        var first = inserted(GROUP);
        inserted(new GroupId("another"));
        assertThatThrownBy(() -> inserted(GROUP)).isInstanceOf(DuplicateKeyException.class);
        runs.save(first.started(NOW).failed(PROBLEM, List.of(), NOW));
        var second = inserted(GROUP);
        assertThat(runs.latest(GROUP)).contains(second);
    }

    @Test
    void findsARunByEitherSpelling() {
        var spelled = new GroupId(GROUP.value().toUpperCase(Locale.ROOT));
        var first = runs.save(inserted(GROUP).spelled(spelled));

        assertThat(runs.spelling(GROUP).providers()).isEqualTo(spelled);
        assertThat(runs.spelling(spelled).providers()).isEqualTo(spelled);
        assertThat(runs.holder(spelled)).contains(first.id());
        assertThat(runs.holder(GROUP)).isEmpty();
        assertThat(runs.latest(GROUP)).contains(first);
        assertThat(runs.latest(spelled)).contains(first);

        var ended = runs.save(first.started(NOW).failed(PROBLEM, List.of(), NOW));
        var later = requested(spelled);
        runs.insert(later);
        assertThat(runs.latest(GROUP)).contains(later);
        assertThat(runs.ofGroup(GROUP, 10)).containsExactly(later, ended);
        assertThat(runs.ofGroup(spelled, 1)).containsExactly(later);
    }

    @Test
    void holdsOneActiveRunAGroupAlsoByTheProvidersSpelling() {
        inserted(new GroupId("ABC"));
        var other = inserted(new GroupId("abc"));

        assertThatThrownBy(() -> runs.save(other.spelled(new GroupId("ABC"))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(runs.find(other.id())).contains(other);
    }

    @Test
    void savesOnlyTheNextState() {
        var run = inserted(GROUP);
        runs.save(run.started(NOW));
        assertThatThrownBy(() -> runs.save(run.started(NOW))).isInstanceOf(OptimisticLockingFailureException.class);
    }

    @Test
    void countsActiveRunsAndSaysSinceWhen() {
        inserted(GROUP);
        var first = runs.save(inserted(new GroupId("started first")).started(NOW.minusSeconds(9)));
        runs.save(inserted(new GroupId("started last")).started(NOW));
        runs.save(first.failed(PROBLEM, List.of(), NOW));
        runs.save(inserted(new GroupId("parked")).started(NOW.minusSeconds(5)).parked(PROBLEM, NOW, true));
        runs.save(inserted(new GroupId("parked last")).started(NOW).parked(PROBLEM, NOW.minusSeconds(7), true));
        var later = new RunRequest(PORTAL, null, NOW, null, NOW.plusSeconds(60));
        runs.insert(Deprovision.requested(new GroupId("for later"), later));

        assertThat(runs.countActive())
                .containsOnly(
                        entry(Status.SCHEDULED, new ActiveRuns.Count(2, NOW)),
                        entry(Status.RUNNING, new ActiveRuns.Count(1, NOW)),
                        entry(Status.WAITING, new ActiveRuns.Count(2, NOW.minusSeconds(5))));
    }

    @Test
    void returnsTheLatestSnapshot() {
        var run = inserted(GROUP).started(NOW);
        var before = new GroupSnapshot(
                "Group",
                "ext",
                List.of(new Member(new MemberId("u1"), false)),
                "W/\"1\"",
                Listing.COMPLETE,
                "group",
                null);
        var after = new GroupSnapshot(
                "Group",
                null,
                List.of(new Member(new MemberId("g2"), true)),
                null,
                Listing.PARTIAL,
                "users-filter",
                null);
        runs.insertSnapshot(run, before);
        assertThat(runs.findSnapshot(run.id())).contains(before);
        runs.insertSnapshot(run.changed(PROBLEM, NOW), after);
        assertThat(runs.findSnapshot(run.id())).contains(after);
    }
}
