package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {

    private static final Machine MACHINE = machine(0.1);
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

    @Test
    void figuresOfABusyMachineAreRefused() {
        assertThatCode(() -> Publication.requirePublishable(machine(0.25), true))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Publication.requirePublishable(machine(0.26), true))
                .hasMessage(
                        "The documents show no figures of a busy machine, and other processes use 26 % of the cores."
                                + " Run the benchmark alone on the machine, or without benchmark.write.");
    }

    @Test
    void figuresOfAPartAreRefused() {
        assertThatThrownBy(() -> Publication.requirePublishable(MACHINE, false))
                .hasMessage(
                        "The documents show all figures of the full form. Leave out benchmark.quick and benchmark.only,"
                                + " or benchmark.write.");
    }

    private static Machine machine(double busy) {
        return new Machine(LocalDate.of(2026, 3, 1), "A processor", 2, "JDK 25", busy);
    }
}
