package dev.deprovisioner.benchmark;

import java.util.List;
import java.util.Optional;

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
    private static final int FEWEST_ROUNDS = 3;

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
        if (!doubts.isEmpty() || !baseline.map(Finding::isSteady).orElse(true)) {
            return Verdict.INVALID;
        }
        return bound.holds(figure) ? Verdict.MET : Verdict.MISSED;
    }

    private static boolean isSteady(Series baseline) {
        return baseline.values().size() >= FEWEST_ROUNDS && baseline.spread() <= WIDEST_BASELINE;
    }
}
