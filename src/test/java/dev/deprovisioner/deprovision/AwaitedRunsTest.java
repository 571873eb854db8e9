package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one statement finds for all requests that wait. */
class AwaitedRunsTest extends RunTable {

    private static final Problem PROBLEM = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "No answer.");

    private AwaitedRuns awaited;

    @BeforeEach
    void make() {
        awaited = new AwaitedRuns(jdbc, row);
    }

    private Deprovision running(String group) {
        var request = new RunRequest(new Caller("portal"), null, time.instant(), null, null);
        var run = Deprovision.requested(new GroupId(group), request);
        runs.insert(run);
        return runs.save(run.started(time.instant()));
    }

    private Deprovision parked(String group, Duration pause) {
        return runs.save(running(group).parked(PROBLEM, time.instant().plus(pause), true));
    }

    private Deprovision failed(String group) {
        return runs.save(running(group).failed(PROBLEM, List.of(), time.instant()));
    }

    private List<DeprovisionId> found(Deprovision inAnyState, Deprovision... others) {
        var ids = List.of(others).stream().map(Run::id).toList();
        return awaited.find(ids, List.of(inAnyState.id()), time.instant().plusSeconds(30)).stream()
                .map(Run::id)
                .toList();
    }

    @Test
    void findsRunsThatHaveEndedAndThoseThatGoOnTooLate() {
        var ended = failed("ended");
        var tooLate = parked("too late", Duration.ofSeconds(31));
        var inTime = parked("in time", Duration.ofSeconds(30));
        var running = running("running");
        failed("not awaited");

        assertThat(found(ended, ended, tooLate, inTime, running)).containsOnly(ended.id(), tooLate.id());
    }

    @Test
    void findsARunInAnyStateForAWaitThatEndsSoon() {
        var running = running("running");
        assertThat(found(running, running, running("another"))).containsExactly(running.id());
    }

    @Test
    void aRowThatCannotBeReadHoldsUpNoOther() {
        var unreadable = failed("unreadable");
        jdbc.sql("UPDATE deprovision SET steps = '[{'").update();
        var ended = failed("ended");
        assertThat(found(ended, unreadable, ended)).containsExactly(ended.id());
    }
}
