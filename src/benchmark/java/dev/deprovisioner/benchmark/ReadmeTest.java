package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void replacesTheTableOfAnEarlierReport() throws Exception {
        var file = Files.writeString(directory.resolve("README.md"), "# Name\n\n## What to read\n\nMore.\n");
        var readme = new Readme(file);

        readme.show(report("2026-03-01", 2));
        readme.show(report("2026-04-01", 1));

        assertThat(file)
                .content()
                .startsWith("# Name\n\n## How fast it is\n\n")
                .contains("2026-04-01", "| met | goal: 1 (≤ 3) |\n")
                .doesNotContain("2026-03-01", "goal: 2 (≤ 3)")
                .endsWith("\n\n## What to read\n\nMore.\n");
    }

    private static Report report(String date, double figure) {
        var finding = Finding.counted("goal", Bound.atMost(3, ""), figure);
        return new Report(
                new Machine(LocalDate.parse(date), "A processor", 2, "JDK 25", 0.1),
                Scale.FULL,
                List.of(new Chapter("A question", "", List.of(finding), List.of())));
    }
}
