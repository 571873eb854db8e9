package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlotTest {

    private static final Pattern DOT = Pattern.compile("<circle cx=\"([^\"]+)\"");
    private static final List<Series> TWO =
            List.of(new Series("1 replica", List.of(5.0, 6.0)), new Series("2 replicas", List.of(10.0, 11.0)));

    @Test
    void roundsAreAboveEachOther() {
        var dots = dots(new Plot("plot.svg", "Runs", "a second", TWO));

        assertThat(dots.subList(0, 2)).isEqualTo(dots.subList(2, 4)).isSorted();
    }

    @Test
    void seriesOnTheAxisAreColumnsWithTheirNames() {
        var plot = new Plot("plot.svg", "Runs", "a second", Plot.Across.SERIES, TWO);

        assertThat(dots(plot)).isSorted().doesNotHaveDuplicates();
        assertThat(plot.svg())
                .contains(">1 replica<", ">median 5.5 a second<", ">2 replicas<", ">median 10.5 a second<");
    }

    private static List<Double> dots(Plot plot) {
        return DOT.matcher(plot.svg())
                .results()
                .map((MatchResult dot) -> Double.valueOf(dot.group(1)))
                .toList();
    }
}
