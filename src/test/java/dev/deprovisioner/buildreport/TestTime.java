package dev.deprovisioner.buildreport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * How long a test class took, from the report that Surefire or Failsafe wrote of it.
 *
 * @param seconds with the starts that its tests waited for
 */
record TestTime(String testClass, double seconds) {

    /** Reads the reports in the directory; none if the directory is missing, as no test ran then. */
    static List<TestTime> readAll(Path reports) {
        if (!Files.isDirectory(reports)) {
            return List.of();
        }
        try (var files = Files.newDirectoryStream(reports, "TEST-*.xml")) {
            return StreamSupport.stream(files.spliterator(), false)
                    .map(TestTime::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads no further than the root element: what a test printed comes after it, and is long. */
    private static TestTime read(Path report) {
        try (var input = Files.newInputStream(report)) {
            var xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(input);
            xml.nextTag();
            var name = Objects.requireNonNull(xml.getAttributeValue(null, "name"), "name");
            var time = Objects.requireNonNull(xml.getAttributeValue(null, "time"), "time");
            return new TestTime(name, Double.parseDouble(time.replace(",", ""))); // 1,234.5
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("Unreadable test report: " + report, e);
        }
    }
}
