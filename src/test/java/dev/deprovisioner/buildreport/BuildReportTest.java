package dev.deprovisioner.buildreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildReportTest {

    @TempDir
    private Path target = Path.of("");

    private void write(String directory, String testClass, String time) throws IOException {
        Files.writeString(
                Files.createDirectories(target.resolve(directory)).resolve("TEST-" + testClass + ".xml"),
                """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuite version="3.0.2" name="%s" time="%s" tests="1">
                          <testcase name="one" time="0.1"/>
                        """.formatted(testClass, time));
    }

    @Test
    void listsTheSlowestClassesOfUnitAndIntegrationTestsTogether() throws IOException {
        write("surefire-reports", "example.QuickTest", "0.25");
        write("surefire-reports", "example.SlowTest", "12.5");
        write("failsafe-reports", "example.SlowIT", "1,234.567");

        assertThat(BuildReport.read(target).text()).contains("""
                Build report: 3 test classes, 1247.3 s
                  1234.6 s  example.SlowIT
                    12.5 s  example.SlowTest
                     0.3 s  example.QuickTest
                """);
    }

    @Test
    void listsTenClassesAtMost() throws IOException {
        for (var number : IntStream.rangeClosed(1, 11).toArray()) {
            write("surefire-reports", "example.Number" + number + "Test", String.valueOf(number));
        }

        assertThat(BuildReport.read(target).text())
                .contains("11 test classes", "example.Number2Test")
                .doesNotContain("example.Number1Test");
    }

    @Test
    void ignoresOtherFilesBesideTheReports() throws IOException {
        write("failsafe-reports", "example.SlowIT", "2.0");
        Files.writeString(target.resolve("failsafe-reports/failsafe-summary.xml"), "<failsafe-summary/>");

        assertThat(BuildReport.read(target).times()).containsExactly(new TestTime("example.SlowIT", 2.0));
    }

    @Test
    void namesAReportThatIsNotReadable() throws IOException {
        write("surefire-reports", "example.CutTest", "0.1");
        Files.writeString(target.resolve("surefire-reports/TEST-example.CutTest.xml"), "<testsu");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BuildReport.read(target))
                .withMessageContaining("TEST-example.CutTest.xml");
    }

    @Test
    void countsTheStartsOfEachKind() {
        var file = target.resolve("starts.txt");
        Start.APPLICATION.appendTo(file);
        Start.PROCESS.appendTo(file);
        Start.APPLICATION.appendTo(file);

        assertThat(BuildReport.read(target).text()).endsWith("""
                Starts
                       2    whole applications
                       0    slice contexts
                       0    token servers
                       0    PostgreSQL servers
                       1    processes of the service
                """);
    }

    @Test
    void isEmptyIfNoTestRan() {
        assertThat(BuildReport.read(target).text()).contains("0 test classes, 0.0 s");
    }
}
