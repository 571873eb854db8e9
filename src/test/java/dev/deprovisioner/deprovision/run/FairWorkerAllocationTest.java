package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.identifier.Caller;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets one of the workers of a process. */
class FairWorkerAllocationTest {

    private static final Caller PORTAL = new Caller("portal");
    private static final Caller OTHER = new Caller("other");
    private static final Caller THIRD = new Caller("third");

    private static FairWorkerAllocation shares(int workers) {
        return new FairWorkerAllocation(new DeprovisionProperties(Duration.ofHours(24), workers));
    }

    private static int taken(FairWorkerAllocation shares, Caller caller, int wanted) {
        return (int) IntStream.range(0, wanted).filter(i -> shares.take(caller)).count();
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
            assertThat(shares.take(new Caller("fourth"))).isTrue();
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
        taken(shares, PORTAL, 5);
        taken(shares, OTHER, 1);

        shares.giveBack(OTHER);
        assertThat(shares.take(PORTAL)).isFalse();
        shares.giveBack(PORTAL);
        assertThat(shares.take(PORTAL)).isTrue();
        assertThat(shares.take(OTHER)).isTrue();
    }
}
