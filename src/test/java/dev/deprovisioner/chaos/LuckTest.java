package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.chaos.Event.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LuckTest {

    private static final List<Kind> REQUESTS = IntStream.range(0, 60)
            .mapToObj(i -> List.of(Kind.READ, Kind.PROFILE, Kind.REMOVAL, Kind.DELETION)
                    .get(i % 4))
            .toList();

    private static List<Fault> faults(long seed) {
        var luck = new Luck(seed);
        return REQUESTS.stream().map(luck::next).toList();
    }

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
    }

    @Test
    void leavesNoFaultOut() {
        assertThat(LongStream.range(0, 2_000).boxed().flatMap(seed -> faults(seed).stream()))
                .containsAll(EnumSet.allOf(Fault.class));
    }

    @Test
    void losesTheRouteOfAGroupForAFewReadsOnce() {
        assertThat(LongStream.range(0, 500).map(LuckTest::readsWithoutRoute).max())
                .hasValue(3);
    }

    private static long readsWithoutRoute(long seed) {
        var luck = new Luck(seed);
        return IntStream.range(0, 200)
                .mapToObj(i -> luck.next(Kind.READ))
                .filter(Fault::isRouteLost)
                .count();
    }

    @Test
    void losesTheRouteOfEverythingElseAsWell() {
        var luck = losing();
        var lost = luck.ofEverything();

        assertThat(lost.isRouteLost()).isTrue();
        assertThat(luck.next(Kind.PROFILE)).isEqualTo(lost);
        assertThat(luck.next(Kind.DELETION)).isEqualTo(lost);
        assertThat(luck.next(Kind.READ)).isEqualTo(lost);
    }

    /** The route of this one is lost for more than one answer. */
    private static Luck losing() {
        return LongStream.range(0, 500)
                .filter(seed -> readsWithoutRoute(seed) == 3)
                .mapToObj(Luck::new)
                .peek(luck -> {
                    while (!luck.next(Kind.READ).isRouteLost()) {
                        assertThat(luck.ofEverything()).isEqualTo(Fault.NONE);
                    }
                })
                .findFirst()
                .orElseThrow();
    }
}
