package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Machine MACHINE = new Machine(LocalDate.of(2026, 3, 1), "A processor", 2, "JDK 25", 0.1);
    private static final Series BASELINE = new Series("baseline", List.of(100.0, 101.0, 102.0));
    private static final Series SERVICE = new Series("service", List.of(104.0, 105.0, 106.0));

    @TempDir
    private Path directory = Path.of("");

    private final Report report = new Report(
            MACHINE,
            Scale.FULL,
            List.of(new Chapter(
                    "A question",
                    "How it was measured.",
                    List.of(
                            Finding.ofRatio("time", Bound.atMost(1.05, " ×"), SERVICE, BASELINE),
                            Finding.counted("requests", Bound.atMost(505, ""), 506)),
                    List.of(new Plot("plot.svg", "Times", "ms", List.of(BASELINE, SERVICE))))));

    @Test
    void hasARowForEachGoal() {
        assertThat(report.table().lines().skip(2))
                .containsExactly(
                        "| time | ≤ 1.05 × | 1.04 × | 0 % | 1 % | met |", "| requests | ≤ 505 | 506 |  |  | missed |");
    }

    @Test
    void saysWhyAFigureIsInvalid() {
        var unsteady = new Series("baseline", List.of(100.0, 130.0, 80.0));
        var finding = Finding.ofRatio("time", Bound.atMost(1.05, " ×"), SERVICE, unsteady);
        var doubted =
                new Report(MACHINE, Scale.FULL, List.of(new Chapter("A question", "", List.of(finding), List.of())));

        assertThat(doubted.text()).contains("Invalid (time): the baseline's spread is 25.0 %.");
        assertThat(report.text()).doesNotContain("Invalid (");
    }

    @Test
    void showsItsPlotsBesideThePage() throws Exception {
        report.write(directory);

        assertThat(directory.resolve("report.md"))
                .content()
                .contains("2026-03-01, A processor, 2 cores", "## A question", "![Times](plot.svg)");
        assertThat(Files.readString(directory.resolve("plot.svg")))
                .startsWith("<svg")
                .contains("service: median 105 ms");
    }
}
