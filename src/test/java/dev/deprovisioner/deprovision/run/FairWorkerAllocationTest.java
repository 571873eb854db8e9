package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anySet;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.deprovision.run.FairWorkerAllocation.Turn;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets one of the workers of a process. */
class FairWorkerAllocationTest {

    private static final Caller PORTAL = new Caller("portal");
    private static final Caller OTHER = new Caller("other");
    private static final Caller THIRD = new Caller("third");

    private final SteppedTime time = new SteppedTime();
    private final DueCallers due = mock();

    private FairWorkerAllocation shares(int workers) {
        return new FairWorkerAllocation(new DeprovisionProperties(Duration.ofHours(24), workers), due, time);
    }

    private static int taken(FairWorkerAllocation shares, Caller caller, int wanted) {
        return turns(shares, caller, wanted).size();
    }

    private static List<Turn> turns(FairWorkerAllocation shares, Caller caller, int wanted) {
        return IntStream.range(0, wanted)
                .mapToObj(i -> shares.take(caller))
                .flatMap(Optional::stream)
                .toList();
    }

    /** All workers, each of another caller. */
    private static List<Turn> ofManyCallers(FairWorkerAllocation shares, int workers) {
        return IntStream.range(0, workers)
                .mapToObj(i -> shares.take(new Caller("caller-" + i)).orElseThrow())
                .toList();
    }

    private static long over(List<Turn> turns) {
        return turns.stream().filter(Turn::isOver).count();
    }

    @Test
    void oneCallerHasThreeQuartersAtMostAndLeavesThreeWorkersIfThereAreSix() {
        assertThat(taken(shares(16), PORTAL, 16)).isEqualTo(12);
        assertThat(taken(shares(8), PORTAL, 8)).isEqualTo(5);
        assertThat(taken(shares(6), PORTAL, 6)).isEqualTo(3);
        assertThat(taken(shares(4), PORTAL, 4)).isEqualTo(2);
        assertThat(taken(shares(2), PORTAL, 2)).isOne();
        assertThat(taken(shares(1), PORTAL, 1)).isOne();
    }

    @Test
    void theLastWorkersAreForCallersWhoHaveNone() {
        var shares = shares(8);
        assertThat(taken(shares, PORTAL, 8)).isEqualTo(5);

        assertThat(taken(shares, OTHER, 4)).isOne();
        assertThat(taken(shares, THIRD, 4)).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 9, 16, 100})
    void threeCallersNeverHoldAllWorkers(int workers) {
        for (int early = 0; early <= workers; early++) {
            var shares = shares(workers);
            taken(shares, PORTAL, early);
            taken(shares, OTHER, workers);
            taken(shares, THIRD, workers);
            taken(shares, PORTAL, workers);
            assertThat(shares.take(new Caller("fourth"))).isPresent();
        }
    }

    @Test
    void callersWhoComeEarlyShareTheOthers() {
        var shares = shares(8);
        assertThat(taken(shares, PORTAL, 2)).isEqualTo(2);
        assertThat(taken(shares, OTHER, 8)).isEqualTo(3);

        assertThat(taken(shares, PORTAL, 1)).isZero();
        assertThat(taken(shares, THIRD, 1)).isOne();
    }

    @Test
    void aWorkerThatIsGivenBackIsForAllAgain() {
        var shares = shares(8);
        var turns = turns(shares, PORTAL, 5);
        var other = turns(shares, OTHER, 1);

        other.getFirst().close();
        assertThat(shares.take(PORTAL)).isEmpty();
        turns.getFirst().close();
        assertThat(shares.take(PORTAL)).isPresent();
        assertThat(shares.take(OTHER)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 100})
    void ofLongRunsOfAnyNumberOfCallersOneAtATimeLeavesItsWorkerToAnotherCaller(int workers) {
        var shares = shares(workers);
        var turns = ofManyCallers(shares, workers);
        given(due.isAnyBeyond(anySet())).willReturn(true);
        time.step(FairWorkerAllocation.TURN);

        assertThat(over(turns)).isOne();
        assertThat(over(turns)).isOne();
        turns.getFirst().close();
        assertThat(over(turns.subList(1, workers))).isZero();

        var newcomer = shares.take(new Caller("newcomer")).orElseThrow();
        assertThat(newcomer.isOver()).isFalse();
        assertThat(over(turns.subList(1, workers))).isEqualTo(workers == 1 ? 0 : 1);
    }

    @Test
    void aRunKeepsItsWorkerForATurn() {
        var turns = ofManyCallers(shares(8), 8);
        given(due.isAnyBeyond(anySet())).willReturn(true);
        time.step(FairWorkerAllocation.TURN.minusMillis(1));

        assertThat(over(turns)).isZero();
    }

    @Test
    void aRunKeepsItsWorkerWhileNoOtherCallerNeedsIt() {
        var turns = ofManyCallers(shares(8), 8);
        time.step(Duration.ofHours(1));

        assertThat(over(turns)).isZero();
        verify(due, atLeastOnce()).isAnyBeyond(argThat(callers -> callers.size() == 8));
    }

    @Test
    void aRunKeepsItsWorkerWhileAnotherIsFree() {
        var turns = ofManyCallers(shares(8), 7);
        given(due.isAnyBeyond(anySet())).willReturn(true);
        time.step(Duration.ofHours(1));

        assertThat(over(turns)).isZero();
    }
}
