package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.deprovision.run.IdleWorker;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a newer version: this one shows them as they are, and neither works on them nor decides about them. */
class NewerRunsTest extends RunTable {

    private static final Caller PORTAL = new Caller("portal");
    private static final GroupId GROUP = new GroupId("g1");
    private static final DeprovisionCommand ORDER = new DeprovisionCommand(PORTAL, null, null, null, false, null);
    private static final Problem PROBLEM = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "No answer.");

    private final TaskQueue queue = mock();
    private final DecisionAudit decisions = mock();

    private DeprovisionService deprovisioning() {
        var idempotency = new Idempotency(new IdempotencyKeys(jdbc), runs, time);
        return new DeprovisionService(runs, idempotency, queue, decisions, mock(), mock(), transactions, time);
    }

    private IdleWorker worker() {
        var properties = new DeprovisionProperties(Duration.ofHours(24), 4);
        var release = new StuckRunRelease(jdbc, row, mock(), mock(), properties, transactions, time);
        return new IdleWorker(runs, release, time);
    }

    /** A parked run, as a newer version has changed it. */
    private DeprovisionId changed(String change) {
        var run = Deprovision.requested(GROUP, new RunRequest(PORTAL, null, time.instant(), null, null));
        runs.insert(run);
        runs.save(run.started(time.instant()).parked(PROBLEM, time.instant(), true));
        update(run.id(), change);
        return run.id();
    }

    private DeprovisionId ended(String change) {
        return changed("active_group_id = NULL, " + change);
    }

    private void update(DeprovisionId id, String change) {
        jdbc.sql("UPDATE deprovision SET " + change + " WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    private Map<String, @Nullable Object> stored(DeprovisionId id) {
        return jdbc.sql("SELECT * FROM deprovision WHERE id = :id")
                .param("id", id.value())
                .query()
                .singleRow();
    }

    private NewerRun shown() {
        var run = runs.latest(GROUP).orElseThrow();
        assertThat(runs.find(run.id())).contains(run);
        assertThat(runs.ofGroup(GROUP, 1)).containsExactly(run);
        var lists = new RunLists(jdbc, new DeprovisionRow());
        assertThat(lists.read(List.of(lists.find(run.id()).orElseThrow()))).containsExactly(run);
        var awaited = new AwaitedRuns(jdbc, row).find(List.of(run.id()), List.of(run.id()), time.instant());
        assertThat(awaited).containsExactly(run);
        return (NewerRun) run;
    }

    @Test
    void areShownInTheirOwnWords() {
        changed("""
                needs = 7, status = 'AWAITING_APPROVAL', step = 'APPROVE', outcome = 'ARCHIVED',
                steps = '[{"name":"APPROVE","state":"ASKED","requests":3,"votes":2}]',
                blockers = '[{"type":"legal-hold","detail":"Held.","remedy":"Release it.","since":"May"}]',
                problem = '{"type":"THRESHOLD_EXCEEDED","detail":"Too many.","quote":"No.","limit":4}'
                """);

        var state = shown().recorded();

        assertThat(state.status()).isEqualTo("AWAITING_APPROVAL");
        assertThat(state.step()).isEqualTo("APPROVE");
        assertThat(state.outcome()).isEqualTo("ARCHIVED");
        assertThat(state.steps()).containsExactly(new RecordedStep("APPROVE", "ASKED", null, null, 0, 3));
        assertThat(state.blockersTotal()).isEqualTo(1);
        assertThat(state.problem())
                .hasToString(
                        "RecordedProblem[type=THRESHOLD_EXCEEDED, detail=Too many., remedy=null, quote=No., correlationId=null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "needs = 6",
                "status = 'AWAITING_APPROVAL'",
                "step = 'APPROVE'",
                "outcome = 'ARCHIVED'",
                "steps = REPLACE(steps, '\"name\":\"VALIDATE\"', '\"name\":\"INSPECT\"')",
                "steps = REPLACE(steps, '\"state\":\"PENDING\"', '\"state\":\"POSTPONED\"')",
                "blockers = '[{\"type\":\"legal-hold\",\"detail\":\"Held.\",\"remedy\":\"Release it.\"}]'",
                "problem = '{\"type\":\"THRESHOLD_EXCEEDED\",\"detail\":\"Too many.\"}'"
            })
    void areLeftAsTheyAre(String change) {
        var id = changed(change);
        var before = stored(id);
        time.step(Duration.ofDays(2));

        assertThat(shown().id()).isEqualTo(id);
        var worker = worker();
        assertThat(worker.advance(id)).contains(time.instant().plusSeconds(30));
        assertThat(deprovisioning().request(GROUP, ORDER, Runs.ANY_GROUP)).isInstanceOf(NewerRun.class);
        assertThatThrownBy(() -> deprovisioning().cancel(GROUP, PORTAL, run -> true))
                .hasMessageStartingWith("conflict: A newer");

        assertThat(stored(id)).isEqualTo(before);
        worker.assertNothingAttempted();
        verifyNoInteractions(queue, decisions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"needs = 6", "status = 'AWAITING_APPROVAL'"})
    void areNotEndedAtTheDeadlineEvenIfTheyCannotBeRead(String change) {
        var id = changed(change + ", steps = '[{'");
        time.step(Duration.ofDays(2));
        var before = stored(id);

        assertThatThrownBy(() -> worker().advance(id)).isInstanceOf(RuntimeException.class);

        assertThat(stored(id)).isEqualTo(before);
    }

    @Test
    void leaveTheGroupToANewRunWhenTheyHaveEnded() {
        var id = ended("needs = 6, status = 'RESTORED', outcome = 'DELETED'");
        assertThat(shown().isTerminal()).isTrue();
        assertThatThrownBy(() -> deprovisioning().cancel(GROUP, PORTAL, run -> true))
                .hasMessageContaining("RESTORED");

        var next = deprovisioning().request(GROUP, ORDER, Runs.ANY_GROUP);

        assertThat(next.id()).isNotEqualTo(id);
        assertThat(runs.latest(GROUP)).contains(next);
    }

    @Test
    void areASuccessIfTheySaySo() {
        var id = ended("status = 'SUCCEEDED', outcome = 'ARCHIVED'");
        var again = new DeprovisionCommand(PORTAL, null, null, null, true, null);

        assertThat(deprovisioning().request(GROUP, ORDER, Runs.ANY_GROUP).id()).isEqualTo(id);
        assertThat(deprovisioning().request(GROUP, again, Runs.ANY_GROUP).id()).isNotEqualTo(id);
    }

    @Test
    void mayHaveSettledADeletionThatAnEarlierRunLeftOpen() {
        var request = new RunRequest(PORTAL, null, time.instant(), null, null);
        var failed = Deprovision.requested(GROUP, request);
        runs.insert(failed);
        var now = time.instant();
        var toDelete = failed.started(now)
                .validated(
                        new GroupSnapshot("Sales", null, List.of(), null, GroupSnapshot.Listing.NONE, "group", null),
                        0,
                        List.of(),
                        now);
        runs.save(toDelete.sent(sent -> sent.intending(List.of())).failed(PROBLEM, List.of(), now));
        var other = DeprovisionId.next();
        assertThat(runs.unresolvedDeletion(GROUP, other)).isPresent();

        ended("status = 'RESTORED'");

        assertThat(runs.unresolvedDeletion(GROUP, other)).isEmpty();
    }

    @Test
    void areCountedAsFarAsTheirStatusIsKnown() {
        changed("needs = 6");
        assertThat(runs.countActive()).containsOnlyKeys(Status.WAITING);

        update(runs.latest(GROUP).orElseThrow().id(), "status = 'AWAITING_APPROVAL'");
        assertThat(runs.countActive()).isEmpty();
    }
}
