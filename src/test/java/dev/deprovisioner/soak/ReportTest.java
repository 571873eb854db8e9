package dev.deprovisioner.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.soak.Bound.Verdict;
import dev.deprovisioner.soak.Recording.Mark;
import dev.deprovisioner.soak.Series.Point;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {

    private static final Verdict HELD = new Verdict("threads", "at most 9", "8", true);
    private static final Verdict BROKEN = new Verdict("files", "at most 9", "10", false);
    private static final Mark KILL =
            new Mark("replica-2 killed & restarted", Duration.ofSeconds(60), Duration.ofSeconds(75));
    private static final Series THREADS =
            new Series("threads <all>", List.of(new Point(Duration.ZERO, 4), new Point(Duration.ofSeconds(100), 8)));

    private final Report report = new Report(
            Map.of("runs", "5,000"),
            List.of(HELD, BROKEN),
            List.of(new Plot("Threads", List.of(THREADS), OptionalDouble.of(9))),
            List.of(KILL),
            Duration.ofSeconds(100));

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void saysOfEachBoundWhetherItHeld() {
        assertThat(report.markdown())
                .contains(
                        "| runs | 5,000 |", "| threads | at most 9 | 8 | yes |", "| files | at most 9 | 10 | **no** |")
                .contains("| 1:00 | 1:15 | replica-2 killed & restarted |");
        assertThat(report.broken()).containsExactly(BROKEN);
    }

    @Test
    void hasEachPlotAsAPictureBesideIt(@TempDir Path directory) throws Exception {
        report.writeTo(directory.resolve("soak"));

        assertThat(directory.resolve("soak/report.md")).content().contains("![Threads](plot-01.svg)");
        assertThat(parsed(Files.readString(directory.resolve("soak/plot-01.svg")))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void drawsEveryPointBelowTheTopAndFromLeftToRight() throws Exception {
        var svg = report.plots().getFirst().svg(report.length(), report.marks());

        var line = parsed(svg).getElementsByTagName("polyline").item(0).getAttributes();
        assertThat(line.getNamedItem("points").getNodeValue()).isEqualTo("80.0,162.7 680.0,65.3");
    }

    @Test
    void drawsAPlotWithoutPoints() throws Exception {
        var empty = new Plot("Nothing", List.of(new Series("nothing", List.of())), OptionalDouble.empty());

        assertThat(parsed(empty.svg(Duration.ZERO, List.of()))
                        .getElementsByTagName("polyline")
                        .getLength())
                .isEqualTo(1);
    }
}
