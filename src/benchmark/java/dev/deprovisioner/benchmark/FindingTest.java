package dev.deprovisioner.benchmark;

import static dev.deprovisioner.benchmark.Finding.Verdict.INVALID;
import static dev.deprovisioner.benchmark.Finding.Verdict.MET;
import static dev.deprovisioner.benchmark.Finding.Verdict.MISSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {

    private static final Series STEADY = new Series("baseline", List.of(1.0, 1.0, 1.0));
    private static final Series UNSTEADY = new Series("baseline", List.of(1.0, 1.3, 0.8));
    private static final Series MEASURED = new Series("service", List.of(1.05, 1.04, 1.2));

    @Test
    void isMetUpToItsBound() {
        assertThat(ofRatio(Bound.atMost(1.05, ""), STEADY).verdict()).isEqualTo(MET);
        assertThat(ofRatio(Bound.atMost(1.04, ""), STEADY).verdict()).isEqualTo(MISSED);
        assertThat(ofRatio(Bound.atLeast(1.05, ""), STEADY).verdict()).isEqualTo(MET);
        assertThat(ofRatio(Bound.atLeast(1.06, ""), STEADY).verdict()).isEqualTo(MISSED);
    }

    @Test
    void isInvalidOnAnUnsteadyBaseline() {
        assertInvalid(ofRatio(Bound.atMost(2, ""), UNSTEADY), "the baseline's spread is 25.0 %");
    }

    @Test
    void isInvalidAfterTooFewRounds() {
        var two = new Series("two", List.of(1.0, 1.0));

        assertInvalid(Finding.ofRatio("goal", Bound.atMost(2, ""), two, two), "fewer than 3 rounds");
    }

    @Test
    void isInvalidWhereItIsDoubted() {
        var finding = ofRatio(Bound.atMost(2, ""), UNSTEADY).doubtedFor(List.of("the provider is too slow"));

        assertInvalid(finding, "the provider is too slow", "the baseline's spread is 25.0 %");
    }

    @Test
    void isValidWithEnoughRoundsAlsoInTheShortForm() {
        assertThat(ofRatio(Bound.atMost(2, ""), STEADY).reasonsAgainst()).isEmpty();
        assertThat(Scale.QUICK.rounds).isEqualTo(STEADY.values().size());
        assertThat(Scale.QUICK.longRounds).isEqualTo(STEADY.values().size());
    }

    @Test
    void isRoundedWithoutCrossingItsBound() {
        var bound = Bound.atMost(1.02, " ×");

        assertThat(bound.text(1.0163)).isEqualTo("1.02 ×");
        assertThat(bound.text(1.0212)).isEqualTo("1.021 ×");
        assertThat(Bound.atMost(505, "").text(505.2)).isEqualTo("505.2");
    }

    private static void assertInvalid(Finding finding, String... reasons) {
        assertThat(finding.verdict()).isEqualTo(INVALID);
        assertThat(finding.reasonsAgainst()).containsExactly(reasons);
    }

    private static Finding ofRatio(Bound bound, Series baseline) {
        return Finding.ofRatio("goal", bound, MEASURED, baseline);
    }
}
