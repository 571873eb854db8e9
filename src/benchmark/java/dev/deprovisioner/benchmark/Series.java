package dev.deprovisioner.benchmark;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** What was measured round by round. */
record Series(String name, List<Double> values) {

    Series {
        values = List.copyOf(values);
    }

    /** Round by round. */
    Series dividedBy(Series other) {
        return combined("ratio", i -> values.get((int) i) / other.values.get((int) i));
    }

    Series minus(Series other) {
        return combined("difference", i -> values.get((int) i) - other.values.get((int) i));
    }

    /** Keeps its name. */
    Series times(Series other) {
        return combined(name, i -> values.get((int) i) * other.values.get((int) i));
    }

    private Series combined(String label, DoubleUnaryOperator of) {
        return new Series(
                label,
                IntStream.range(0, values.size()).mapToObj(of::applyAsDouble).toList());
    }

    double median() {
        return quantile(0.5);
    }

    double mean() {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** Interpolated between the two values that are nearest. */
    double quantile(double share) {
        var sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }

    /** The distance of the quartiles, as a part of the median. */
    double spread() {
        return (quantile(0.75) - quantile(0.25)) / median();
    }
}
