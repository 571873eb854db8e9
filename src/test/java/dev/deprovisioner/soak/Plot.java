package dev.deprovisioner.soak;

import dev.deprovisioner.soak.Recording.Mark;
import dev.deprovisioner.soak.Series.Point;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A picture of series over time, as SVG.
 *
 * @param limit drawn as a dashed line, if there is one
 */
public record Plot(String title, List<Series> series, OptionalDouble limit) {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 300;
    private static final int LEFT = 80;
    private static final int TOP = 30;
    private static final int RIGHT = 680;
    private static final int BOTTOM = 260;
    private static final List<String> COLOURS =
            List.of("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#7f7f7f");

    public Plot {
        series = List.copyOf(series);
    }

    /** @param marks shaded, each with its name as a tooltip */
    String svg(Duration length, List<Mark> marks) {
        var parts = Stream.of(
                Stream.of(header()),
                marks.stream().map(mark -> shade(mark, length)),
                axes(length),
                limit.stream().mapToObj(this::limitLine),
                IntStream.range(0, series.size()).mapToObj(i -> line(i, length)),
                IntStream.range(0, series.size()).mapToObj(this::legend),
                Stream.of("</svg>\n"));
        return parts.flatMap(part -> part).collect(Collectors.joining("\n"));
    }

    private String header() {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"11\"><rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>"
                        + "<text x=\"%d\" y=\"18\" font-size=\"13\">%s</text>",
                WIDTH,
                HEIGHT,
                LEFT,
                escaped(title));
    }

    private static String shade(Mark mark, Duration length) {
        double from = x(mark.from(), length);
        return String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#000\" opacity=\"0.06\"><title>%s</title></rect>",
                from,
                TOP,
                Math.max(1, x(mark.to(), length) - from),
                BOTTOM - TOP,
                escaped(mark.what()));
    }

    private Stream<String> axes(Duration length) {
        var heights = IntStream.rangeClosed(0, 4).mapToObj(i -> {
            double value = top() * i / 4;
            return String.format(
                            Locale.ROOT,
                            "<line x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#ddd\"/>",
                            LEFT,
                            RIGHT,
                            y(value))
                    + String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>",
                            LEFT - 6,
                            y(value) + 4,
                            value);
        });
        var times = IntStream.rangeClosed(0, 5).mapToObj(i -> {
            var at = length.multipliedBy(i).dividedBy(5);
            return String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f min</text>",
                    x(at, length),
                    BOTTOM + 18,
                    at.toMillis() / 60_000.0);
        });
        return Stream.concat(heights, times);
    }

    private String limitLine(double value) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\" stroke=\"#d62728\" stroke-dasharray=\"6 4\"/>",
                LEFT,
                RIGHT,
                y(value));
    }

    private String line(int number, Duration length) {
        var points = series.get(number).points().stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.at(), length), y(point.value())))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>",
                colour(number),
                points);
    }

    private String legend(int number) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
                RIGHT + 12,
                TOP + 12 + 16 * number,
                colour(number),
                escaped(series.get(number).name()));
    }

    private static String colour(int number) {
        return COLOURS.get(number % COLOURS.size());
    }

    private static double x(Duration at, Duration length) {
        return LEFT + (RIGHT - LEFT) * (double) at.toMillis() / Math.max(1, length.toMillis());
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * value / top();
    }

    /** The value at the upper end, so that all points and the limit are below it. */
    private double top() {
        var values = series.stream().flatMap(one -> one.points().stream()).mapToDouble(Point::value);
        return 1.05 * DoubleStream.concat(values, limit.stream()).max().orElse(1) + 0.001;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
