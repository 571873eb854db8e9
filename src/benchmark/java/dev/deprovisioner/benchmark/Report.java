package dev.deprovisioner.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that a benchmark ends with. */
record Report(Machine machine, Scale scale, List<Chapter> chapters) {

    private static final String HEAD = """
            | goal | bound | figure | spread | baseline's spread | |
            |---|---|---|---|---|---|
            """;

    private static final String SHORT_HEAD = """
            | | goal: figure (bound) |
            |---|---|
            """;

    void write(Path directory) {
        try {
            Files.createDirectories(directory);
            for (var plot : plots().toList()) {
                Files.writeString(directory.resolve(plot.file()), plot.svg());
            }
            Files.writeString(directory.resolve("report.md"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return """
                # Benchmark

                %s Scale: %s. A spread is the distance of the quartiles as a part of the median. A figure is invalid if
                the spread of its baseline is over %.0f %%. `docs/capacity.md` says why goals are missed.

                %s
                %s
                """.formatted(
                        machine.text(),
                        scale,
                        100 * Finding.WIDEST_BASELINE,
                        table(),
                        chapters.stream().map(Report::section).collect(Collectors.joining("\n")));
    }

    /** A row a goal. */
    String table() {
        return findings().map(Report::row).collect(Collectors.joining("", HEAD, ""));
    }

    /** The same without spreads, in a row for each verdict. */
    String shortTable() {
        return Stream.of(Finding.Verdict.values()).map(this::shortRow).collect(Collectors.joining("", SHORT_HEAD, ""));
    }

    private String shortRow(Finding.Verdict verdict) {
        return findings()
                .filter(finding -> finding.verdict() == verdict)
                .map(finding -> "%s: %s (%s)"
                        .formatted(
                                finding.goal(),
                                finding.bound().text(finding.figure()),
                                finding.bound().text()))
                .collect(Collectors.joining("<br>", "| %s | ".formatted(word(verdict)), " |\n"));
    }

    Optional<Plot> plot(String file) {
        return plots().filter(plot -> plot.file().equals(file)).findFirst();
    }

    private Stream<Plot> plots() {
        return chapters.stream().flatMap(chapter -> chapter.plots().stream());
    }

    private Stream<Finding> findings() {
        return chapters.stream().flatMap(chapter -> chapter.findings().stream());
    }

    private static String word(Finding.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String row(Finding finding) {
        return "| %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        finding.goal(),
                        finding.bound().text(),
                        finding.bound().text(finding.figure()),
                        finding.spread() == 0 ? "" : percent(finding.spread()),
                        finding.baseline()
                                .map(Series::spread)
                                .map(Report::percent)
                                .orElse(""),
                        word(finding.verdict()));
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    private static String section(Chapter chapter) {
        var reasons = chapter.findings().stream()
                .flatMap(finding -> finding.reasonsAgainst().stream()
                        .map(reason -> "Invalid (%s): %s.\n".formatted(finding.goal(), reason)))
                .collect(Collectors.joining("\n"));
        var plots = chapter.plots().stream()
                .map(plot -> "![" + plot.title() + "](" + plot.file() + ")\n")
                .collect(Collectors.joining("\n"));
        return "## %s\n\n%s\n\n%s\n%s".formatted(chapter.title(), chapter.text(), reasons, plots);
    }
}
