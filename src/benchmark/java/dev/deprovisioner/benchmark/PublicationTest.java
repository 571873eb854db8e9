package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {

    private static final Machine MACHINE = new Machine(LocalDate.of(2026, 3, 1), "A processor", 2, "JDK 25", "0.10");
    private static final Plot PLOT = new Plot(
            Replicas.PLOT,
            "Replicas",
            "runs a second",
            Plot.Across.SERIES,
            List.of(new Series("1 replica", List.of(5.0))));

    @TempDir
    private Path project = Path.of("");

    @Test
    void writesTheTableOfTheReadmeAndThePlotOfTheCapacityPage() throws Exception {
        Files.writeString(project.resolve("README.md"), "# Name\n\n## What to read\n");
        Files.createDirectory(project.resolve("docs"));

        new Publication(project)
                .write(new Report(
                        MACHINE, Scale.FULL, List.of(new Chapter("A question", "", List.of(), List.of(PLOT)))));

        assertThat(project.resolve("README.md")).content().contains("## How fast it is", "2026-03-01");
        assertThat(project.resolve("docs/capacity.svg")).content().isEqualTo(PLOT.svg());
    }
}
