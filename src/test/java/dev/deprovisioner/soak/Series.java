package dev.deprovisioner.soak;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** What was measured of one thing over time, in order. A moment at which it could not be measured has no point. */
public record Series(String name, List<Point> points) {

    /** @param at since the begin of the test */
    public record Point(Duration at, double value) {}

    public Series {
        points = List.copyOf(points);
    }

    /** Empty if it was never measured, as for the others. */
    OptionalDouble highest() {
        return points.stream().mapToDouble(Point::value).max();
    }

    OptionalDouble last() {
        return points.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(points.getLast().value());
    }

    /** Of the points from one moment, inclusive, to another, exclusive. */
    OptionalDouble median(Duration from, Duration to) {
        var values = points.stream()
                .filter(point -> point.at().compareTo(from) >= 0 && point.at().compareTo(to) < 0)
                .mapToDouble(Point::value)
                .sorted()
                .toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[values.length / 2]);
    }
}
