package dev.deprovisioner.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A goal, and what was measured of it.
 *
 * @param spread of the figure itself, as a part of it; 0 for what was counted
 * @param baseline what the figure is compared with; empty where it stands alone
 * @param doubts why the figure is not valid, besides the spread of the baseline
 */
record Finding(String goal, Bound bound, double figure, double spread, Optional<Series> baseline, List<String> doubts) {

    /** Of a baseline's quartiles; beyond it the machine was too busy to compare anything. */
    static final double WIDEST_BASELINE = 0.1;

    /** Fewer say nothing of their spread. */
    static final int FEWEST_ROUNDS = 3;

    enum Verdict {
        MET,
        MISSED,
        INVALID
    }

    /** A median of ratios to the baseline. */
    static Finding ofRatio(String goal, Bound bound, Series measured, Series baseline) {
        var ratio = measured.dividedBy(baseline);
        return new Finding(goal, bound, ratio.median(), ratio.spread(), Optional.of(baseline), List.of());
    }

    /** A median of differences to the baseline. */
    static Finding ofDifference(String goal, Bound bound, Series measured, Series baseline) {
        var difference = measured.minus(baseline);
        return new Finding(goal, bound, difference.median(), difference.spread(), Optional.of(baseline), List.of());
    }

    /** A median of what needs no baseline. */
    static Finding of(String goal, Bound bound, Series measured) {
        return new Finding(goal, bound, measured.median(), measured.spread(), Optional.empty(), List.of());
    }

    static Finding counted(String goal, Bound bound, double figure) {
        return new Finding(goal, bound, figure, 0, Optional.empty(), List.of());
    }

    Finding doubtedFor(List<String> reasons) {
        return new Finding(goal, bound, figure, spread, baseline, reasons);
    }

    Verdict verdict() {
        if (!reasonsAgainst().isEmpty()) {
            return Verdict.INVALID;
        }
        return bound.holds(figure) ? Verdict.MET : Verdict.MISSED;
    }

    /** Why the figure is not valid; empty if it is. */
    List<String> reasonsAgainst() {
        return Stream.concat(doubts.stream(), baseline.stream().flatMap(Finding::reasonsAgainst))
                .toList();
    }

    private static Stream<String> reasonsAgainst(Series baseline) {
        if (baseline.values().size() < FEWEST_ROUNDS) {
            return Stream.of("fewer than %d rounds".formatted(FEWEST_ROUNDS));
        }
        return baseline.spread() <= WIDEST_BASELINE
                ? Stream.of()
                : Stream.of(String.format(Locale.ROOT, "the baseline's spread is %.1f %%", 100 * baseline.spread()));
    }
}
