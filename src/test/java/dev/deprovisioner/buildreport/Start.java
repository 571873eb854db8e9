package dev.deprovisioner.buildreport;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/** A kind of start that a test waits for. The JVMs of a build record theirs in one file, a line each. */
public enum Start {

    /** The service in a JVM of the tests, with all of its auto-configuration. */
    APPLICATION("whole applications"),

    /** A slice of the service, or another Spring application. */
    SLICE("slice contexts"),

    TOKEN_SERVER("token servers"),

    POSTGRESQL("PostgreSQL servers"),

    /** The service in a JVM of its own. */
    PROCESS("processes of the service");

    private static final String FILE_PROPERTY = "build-report.starts";

    final String label;

    Start(String label) {
        this.label = label;
    }

    /** Appends this start to the file that Maven names. Without Maven, as in an IDE, this does nothing. */
    public void record() {
        var file = System.getProperty(FILE_PROPERTY);
        if (file != null) {
            appendTo(Path.of(file));
        }
    }

    void appendTo(Path file) {
        try {
            Files.writeString(file, name() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts the starts in the file. A kind without a start is absent; a file that is missing has no starts. */
    static Map<Start, Long> count(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try (var lines = Files.lines(file)) {
            return lines.map(Start::valueOf)
                    .collect(groupingBy(start -> start, () -> new EnumMap<>(Start.class), counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
