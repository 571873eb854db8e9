package dev.deprovisioner.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.soak.Series.Point;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundTest {

    private static final Duration LOAD = Duration.ofMinutes(10);
    private static final Series NOTHING = new Series("nothing", List.of());

    /** One value a minute. */
    private static Series series(double... values) {
        return new Series(
                "values",
                IntStream.range(0, values.length)
                        .mapToObj(i -> new Point(Duration.ofMinutes(i), values[i]))
                        .toList());
    }

    private static boolean holds(Bound bound, Series series) {
        return bound.judge(series, LOAD).held();
    }

    @Test
    void atMostHoldsForEveryPoint() {
        assertThat(holds(new Bound.AtMost(5), series(1, 5, 2))).isTrue();
    }

    @Test
    void atMostIsBrokenByOnePoint() {
        var verdict = new Bound.AtMost(5).judge(series(1, 5.5, 2), LOAD);

        assertThat(verdict).isEqualTo(new Bound.Verdict("values", "at most 5 at any time", "5.50", false));
    }

    @Test
    void atMostAtTheEndLooksAtTheLastPointOnly() {
        assertThat(holds(new Bound.AtMostAtTheEnd(0), series(7, 3, 0))).isTrue();
        assertThat(holds(new Bound.AtMostAtTheEnd(0), series(0, 0, 1))).isFalse();
    }

    @Test
    void growthIsBetweenTheSecondFifthAndTheLast() {
        var bound = new Bound.NoGrowth(1.25);

        assertThat(holds(bound, series(1, 1, 100, 100, 9, 9, 9, 9, 125, 125))).isTrue();
        assertThat(holds(bound, series(1, 1, 100, 100, 9, 9, 9, 9, 126, 126))).isFalse();
    }

    @Test
    void oneHighPointIsNoGrowth() {
        var load = LOAD.multipliedBy(2);
        var values =
                IntStream.range(0, 20).mapToDouble(i -> i == 17 ? 900 : 100).toArray();

        assertThat(new Bound.NoGrowth(1.25).judge(series(values), load).held()).isTrue();
    }

    @Test
    void noBoundHoldsForWhatWasNotMeasured() {
        assertThat(List.of(new Bound.AtMost(5), new Bound.AtMostAtTheEnd(5), new Bound.NoGrowth(2)))
                .noneMatch(bound -> holds(bound, NOTHING));
    }

    @Test
    void growthNeedsPointsInBothFifths() {
        assertThat(holds(new Bound.NoGrowth(2), series(1, 1, 1, 1, 1))).isFalse();
        assertThat(new Bound.NoGrowth(2).judge(series(1, 1, 1), LOAD).measured())
                .isEqualTo("1 → never measured");
    }
}
