package dev.deprovisioner.openapi;

import dev.deprovisioner.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The page for people, which says when there is a problem. */
final class ProblemPage {

    private static final Path PAGE = Path.of("docs/problems.md");

    private ProblemPage() {}

    /** Title, and when. */
    static String wordsFor(ProblemType type) {
        var row = Pattern.compile("(?m)^\\| `" + type.uri() + "` \\| \\d+ \\| ([^|]+) \\| ([^|]+) \\|")
                .matcher(text());
        if (!row.find()) {
            throw new IllegalStateException(PAGE + " does not explain " + type.uri());
        }
        return "`" + type.uri() + "`: " + row.group(1) + ". " + row.group(2);
    }

    private static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
