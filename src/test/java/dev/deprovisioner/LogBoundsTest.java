package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** No record fills the disk, in either form of the log, and the one after it begins its own line. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class LogBoundsTest {

    private static final Logger log = LoggerFactory.getLogger(LogBoundsTest.class);
    private static final int LONGEST_MESSAGE = 16_384;
    private static final int LONGEST_TRACE = 32_768;

    /** For time, level, thread and logger. */
    private static final int REST = 1000;

    private void setUpLogging(String format) {
        forget();
        new SpringApplicationBuilder(Object.class)
                .web(WebApplicationType.NONE)
                .properties("logging.structured.format.console=" + format)
                .run()
                .close();
    }

    /** The format too, which Spring Boot leaves behind for the next application of this JVM. */
    @AfterEach
    void forget() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ecs"})
    void cutALongMessage(String format, CapturedOutput output) {
        setUpLogging(format);

        log.warn("long {}", "y".repeat(100_000));
        log.warn("short");

        assertThat(output.getOut().lines().filter(line -> line.contains("yyy")))
                .singleElement()
                .asString()
                .contains("long y")
                .hasSizeBetween(LONGEST_MESSAGE, LONGEST_MESSAGE + REST);
        assertNextBeginsItsLine(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ecs"})
    void keepAMessageOfTheGreatestLength(String format, CapturedOutput output) {
        setUpLogging(format);

        log.warn("{}end", "y".repeat(LONGEST_MESSAGE - 3));

        assertThat(output.getOut()).contains("yyyend");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ecs"})
    void cutALongException(String format, CapturedOutput output) {
        setUpLogging(format);
        int before = output.getOut().length();

        log.error("failed", new IllegalStateException("y".repeat(100_000)));
        log.warn("short");

        assertThat(output.getOut().substring(before))
                .contains("failed", "IllegalStateException", "yyy")
                .hasSizeBetween(LONGEST_TRACE, LONGEST_MESSAGE + LONGEST_TRACE + 2 * REST);
        assertNextBeginsItsLine(output);
    }

    private static void assertNextBeginsItsLine(CapturedOutput output) {
        assertThat(output.getOut().lines().filter(line -> line.contains("short")))
                .singleElement()
                .asString()
                .doesNotContain("yyy")
                .matches("(\\d{4}-|\\{).*");
    }
}
