package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A log record in plain text is one line with its run and group, even if its values contain line breaks. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class LogRecordTest {

    private static final Logger log = LoggerFactory.getLogger(LogRecordTest.class);
    private static final String FORGED = "2026-01-01T00:00:00Z  INFO forged";

    private final String thread = Thread.currentThread().getName();

    @BeforeEach
    void setUpLogging() {
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
        new SpringApplicationBuilder(Object.class)
                .web(WebApplicationType.NONE)
                .run()
                .close();
        MDC.put("deprovisionId", "run-1");
        MDC.put("groupId", "group-1");
    }

    @AfterEach
    void forget() {
        Thread.currentThread().setName(thread);
        MDC.clear();
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r", "\n\n\n", "\u0085", "\u2028", "\u000b", "\t\u001b\r"})
    void isOneLine(String lineBreak, CapturedOutput output) {
        log.warn("Reason: {}", "closing" + lineBreak + FORGED);

        assertThat(output.getOut().lines().filter(line -> line.contains("forged")))
                .singleElement()
                .asString()
                .contains("[run-1 group-1]", "Reason: closing " + FORGED);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
                    run-1, group-1, none,    '[run-1 group-1] dev.'
                    run-1, group-1, trace-1, '[run-1 group-1 trace-1] dev.'
                    none,  g,       none,    '[g] dev.'
                    none,  none,    trace-1, '[trace-1] dev.'
                    none,  none,    none,    'logging] dev.'
                    """)
    void saysWhatItIsAbout(
            @Nullable String run, @Nullable String group, @Nullable String trace, String text, CapturedOutput output) {
        MDC.put("deprovisionId", run);
        MDC.put("groupId", group);
        MDC.put("traceId", trace);
        Thread.currentThread().setName("logging");
        log.info("About something");

        assertThat(output.getOut().lines().filter(line -> line.contains("About something")))
                .singleElement()
                .asString()
                .contains(text);
    }

    @Test
    void keepsAnExceptionReadableAndIndented(CapturedOutput output) {
        log.error("Not served", new IllegalStateException("bad\r\n" + FORGED, new IllegalArgumentException("why")));

        assertThat(output.getOut().lines())
                .contains("    " + FORGED, "    Caused by: java.lang.IllegalArgumentException: why")
                .noneMatch(line -> line.startsWith("2026-01-01"));
    }
}
