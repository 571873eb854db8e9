package dev.deprovisioner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seconds, all forms of a date, and what is neither. */
class RetryAfterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                           | 0",
                "7                              | 7",
                "0                              | 0",
                "1.5                            | 1.5",
                "0.25                           | 0.25",
                "7.0                            | 7",
                "1.5.5                          | 0",
                "1,5                            | 0",
                "999999999                      | 31536000",
                "Mon, 23 Nov 2026 08:00:30 GMT  | 30",
                "Mon, 23 Nov 2026 07:59:30 GMT  | 0",
                "Fri, 31 Dec 9999 23:59:59 GMT  | 31536000",
                "Monday, 23-Nov-26 08:00:30 GMT | 30",
                "Tuesday, 24-Nov-26 08:00:00 GMT | 86400",
                "Sunday, 06-Nov-94 08:49:37 GMT | 0",
                "Mon Nov 23 08:00:30 2026       | 30",
                "Tue Dec  1 08:00:00 2026       | 691200",
                "Sun Nov  6 08:49:37 1994       | 0",
                "mon, 23 nov 2026 08:00:30 gmt  | 30",
                "Mon, 31 Feb 2026 25:00:00 GMT  | 0",
                "-3                             | 0",
                "soon                           | 0",
                "99999999999999999999           | 0"
            })
    void readsSecondsAndDates(@Nullable String header, double seconds) {
        assertThat(RetryAfter.parse(header, CLOCK)).isEqualTo(Duration.ofMillis((long) (seconds * 1000)));
    }
}
