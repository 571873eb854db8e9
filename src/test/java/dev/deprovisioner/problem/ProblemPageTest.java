package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for people names every problem that there is, and no other, with the status and title of the code. */
class ProblemPageTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(/problems/[a-z-]+)` \\| (\\d+) \\| ([^|]+) \\| [^|]{10,} \\| [^|]{5,} \\|$");

    @Test
    void saysWhatTheCodeSays() throws IOException {
        var page = Files.readAllLines(Path.of("docs/problems.md")).stream()
                .filter(line -> line.contains("/problems/"))
                .map(ROW::matcher)
                .map(row -> row.matches() ? row.group(1) + " " + row.group(2) + " " + row.group(3) : row.toString())
                .toList();
        var code = Arrays.stream(ProblemType.values())
                .map(type -> type.uri() + " " + type.status() + " " + type.title())
                .toList();
        assertThat(page).containsExactlyElementsOf(code);
    }
}
