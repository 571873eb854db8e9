package dev.deprovisioner.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every value of some series as a dot, and their medians as lines; from 0, as ratios are what counts. */
record Plot(String file, String title, String unit, List<Series> series) {

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
                .map(value -> line("#ddd", y(value)) + text(8, y(value) + 4, number(value), "#000"))
                .collect(Collectors.joining("\n"));
    }

    private String all() {
        return IntStream.range(0, series.size()).mapToObj(this::drawn).collect(Collectors.joining("\n"));
    }

    private String drawn(int index) {
        var one = series.get(index);
        var colour = COLOURS.get(index % COLOURS.size());
        var dots = IntStream.range(0, one.values().size())
                .mapToObj(i -> dot(x(i, one.values().size()), y(one.values().get(i)), colour))
                .collect(Collectors.joining("\n"));
        var legend = one.name() + ": median " + number(one.median()) + " " + unit;
        int column = LEFT + index % 2 * (WIDTH - LEFT) / 2;
        return dots + line(colour, y(one.median())) + text(column, BOTTOM + 20 + index / 2 * 16, legend, colour);
    }

    private static double x(int i, int count) {
        return LEFT + (i + 0.5) * (WIDTH - LEFT - 10) / count;
    }

    private static String dot(double x, double y, String colour) {
        return String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
    }

    private static String line(String colour, double y) {
        return String.format(Locale.ROOT, "<path d=\"M%d %.1fH%d\" stroke=\"%s\"/>", LEFT, y, WIDTH - 10, colour);
    }

    private static String text(int x, double y, String words, String colour) {
        return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" fill=\"%s\">%s</text>", x, y, colour, words);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 1 ? "%.1f" : "%.3f", value);
    }
}
