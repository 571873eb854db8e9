package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final Series FIVE = new Series("five", List.of(5.0, 1.0, 4.0, 2.0, 3.0));

    @Test
    void quantilesAreInterpolated() {
        assertThat(FIVE.median()).isEqualTo(3);
        assertThat(FIVE.quantile(0.99)).isEqualTo(4.96, within(1e-9));
        assertThat(new Series("one", List.of(7.0)).quantile(0.99)).isEqualTo(7);
    }

    @Test
    void theMeanCountsEachValue() {
        assertThat(new Series("two", List.of(1.0, 0.0)).mean()).isEqualTo(0.5);
    }

    @Test
    void theSpreadIsTheDistanceOfTheQuartilesOverTheMedian() {
        assertThat(FIVE.spread()).isEqualTo((4 - 2) / 3.0, within(1e-9));
    }

    @Test
    void isComparedRoundByRound() {
        var other = new Series("other", List.of(10.0, 4.0, 4.0, 1.0, 6.0));

        assertThat(FIVE.dividedBy(other).values()).containsExactly(0.5, 0.25, 1.0, 2.0, 0.5);
        assertThat(FIVE.minus(other).values()).containsExactly(-5.0, -3.0, 0.0, 1.0, -3.0);
    }
}
