package dev.deprovisioner.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every value of some series as a dot, and their medians as lines; from 0, as ratios are what counts. */
record Plot(String file, String title, String unit, Across across, List<Series> series) {

    /** What is on the x axis. */
    enum Across {
        /** The rounds, of all series above each other. */
        ROUNDS,
        /** The series, each in a column of its own. */
        SERIES
    }

    Plot(String file, String title, String unit, List<Series> series) {
        this(file, title, unit, Across.ROUNDS, series);
    }

    private static final int WIDTH = 640;
    private static final int HEIGHT = 280;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int BOTTOM = HEIGHT - 50;
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

    String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" font-family="sans-serif" font-size="12">
                <rect width="%1$d" height="%2$d" fill="white"/>
                <text x="%3$d" y="22" font-size="14">%4$s</text>
                %5$s
                %6$s
                </svg>
                """.formatted(WIDTH, HEIGHT, LEFT, title, axis(), all());
    }

    private double highest() {
        return series.stream()
                        .flatMap(one -> one.values().stream())
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(1)
                * 1.1;
    }

    private double y(double value) {
        return BOTTOM - value / highest() * (BOTTOM - TOP);
    }

    private String axis() {
        return IntStream.rangeClosed(0, 4)
                .mapToObj(i -> highest() * i / 4)
                .map(value -> line("#ddd", Span.ALL, y(value)) + text(8, y(value) + 4, number(value), "#000"))
                .collect(Collectors.joining("\n"));
    }

    private String all() {
        return IntStream.range(0, series.size()).mapToObj(this::drawn).collect(Collectors.joining("\n"));
    }

    private String drawn(int index) {
        var one = series.get(index);
        var colour = COLOURS.get(index % COLOURS.size());
        var span = across == Across.SERIES ? Span.ALL.part(index, series.size()) : Span.ALL;
        int count = one.values().size();
        var dots = IntStream.range(0, count)
                .mapToObj(i -> dot(span.part(i, count).middle(), y(one.values().get(i)), colour))
                .collect(Collectors.joining("\n"));
        return dots + line(colour, span, y(one.median())) + legend(index, one, span, colour);
    }

    private String legend(int index, Series one, Span span, String colour) {
        var median = "median " + number(one.median()) + " " + unit;
        if (across == Across.SERIES) {
            return text(span.from(), BOTTOM + 20, one.name(), colour) + text(span.from(), BOTTOM + 36, median, colour);
        }
        double column = Span.ALL.part(index % 2, 2).from();
        return text(column, BOTTOM + 20 + index / 2 * 16, one.name() + ": " + median, colour);
    }

    /** From left to right. */
    private record Span(double from, double to) {

        static final Span ALL = new Span(LEFT, WIDTH - 10);

        Span part(int i, int count) {
            double width = (to - from) / count;
            return new Span(from + i * width, from + (i + 1) * width);
        }

        double middle() {
            return (from + to) / 2;
        }
    }

    private static String dot(double x, double y, String colour) {
        return String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
    }

    private static String line(String colour, Span span, double y) {
        return String.format(
                Locale.ROOT, "<path d=\"M%.1f %.1fH%.1f\" stroke=\"%s\"/>", span.from(), y, span.to(), colour);
    }

    private static String text(double x, double y, String words, String colour) {
        return String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>", x, y, colour, words);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.1f" : "%.3f", value);
    }
}
