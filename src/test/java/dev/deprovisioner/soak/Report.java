package dev.deprovisioner.soak;

import static java.util.stream.Collectors.joining;

import dev.deprovisioner.soak.Bound.Verdict;
import dev.deprovisioner.soak.Recording.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a long test has shown.
 *
 * @param figures further results, by what they are
 * @param length of the whole test, with the time after the load
 */
public record Report(
        Map<String, String> figures, List<Verdict> verdicts, List<Plot> plots, List<Mark> marks, Duration length) {

    /** The bounds that did not hold. */
    public List<Verdict> broken() {
        return verdicts.stream().filter(verdict -> !verdict.held()).toList();
    }

    /** Writes {@code report.md} and a picture for each plot. */
    public void writeTo(Path directory) {
        try {
            Files.createDirectories(directory);
            for (int i = 0; i < plots.size(); i++) {
                Files.writeString(directory.resolve(picture(i)), plots.get(i).svg(length, marks));
            }
            Files.writeString(directory.resolve("report.md"), markdown());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String markdown() {
        return "# Soak\n\n" + figureTable() + "\n## Bounds\n\n" + boundTable() + "\n## Over time\n\nShaded: "
                + "what was done to the service, see below.\n\n" + pictures() + "\n## What was done\n\n" + markTable();
    }

    private String figureTable() {
        return "| figure | value |\n|---|---|\n"
                + figures.entrySet().stream()
                        .map(figure -> "| " + figure.getKey() + " | " + figure.getValue() + " |\n")
                        .sorted()
                        .collect(joining());
    }

    private String boundTable() {
        return "| what | bound | measured | held |\n|---|---|---|---|\n"
                + verdicts.stream().map(Report::row).collect(joining());
    }

    private static String row(Verdict verdict) {
        return "| " + verdict.series() + " | " + verdict.bound() + " | " + verdict.measured() + " | "
                + (verdict.held() ? "yes" : "**no**") + " |\n";
    }

    private String pictures() {
        return IntStream.range(0, plots.size())
                .mapToObj(i -> "![" + plots.get(i).title() + "](" + picture(i) + ")\n")
                .collect(joining("\n"));
    }

    private static String picture(int number) {
        return "plot-%02d.svg".formatted(number + 1);
    }

    private String markTable() {
        return "| from | to | what |\n|---|---|---|\n"
                + marks.stream()
                        .map(mark ->
                                "| " + clock(mark.from()) + " | " + clock(mark.to()) + " | " + mark.what() + " |\n")
                        .collect(joining());
    }

    private static String clock(Duration at) {
        return "%d:%02d".formatted(at.toMinutes(), at.toSecondsPart());
    }
}
