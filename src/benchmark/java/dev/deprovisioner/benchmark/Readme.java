package dev.deprovisioner.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the table of a report into a document, instead of an earlier one. */
record Readme(Path file) {

    private static final String TITLE = "## How fast it is\n";
    private static final String NEXT = "\n## ";
    private static final String BEFORE = "\n## What to read\n";

    void show(Report report) {
        try {
            var text = Files.readString(file);
            int from = text.contains(TITLE) ? text.indexOf(TITLE) : text.indexOf(BEFORE) + 1;
            int to = text.contains(TITLE) ? text.indexOf(NEXT, from) + 1 : from;
            Files.writeString(file, text.substring(0, from) + section(report) + text.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String section(Report report) {
        return TITLE + """

                [The benchmark](CONTRIBUTING.md#the-benchmark) measured this; [the capacity page](docs/capacity.md#goals-that-are-missed) says why
                goals are missed. A figure is invalid if that of its baseline varies by over 10 %%.
                %s

                %s
                """.formatted(report.machine().text(), report.shortTable());
    }
}
