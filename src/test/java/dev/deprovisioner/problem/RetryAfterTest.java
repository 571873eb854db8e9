package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both forms of the header, and what is neither. */
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
                "999999999                      | 31536000",
                "Mon, 23 Nov 2026 08:00:30 GMT  | 30",
                "Mon, 23 Nov 2026 07:59:30 GMT  | 0",
                "Fri, 31 Dec 9999 23:59:59 GMT  | 31536000",
                "-3                             | 0",
                "soon                           | 0",
                "99999999999999999999           | 0"
            })
    void readsSecondsAndDates(@Nullable String header, long seconds) {
        assertThat(RetryAfter.parse(header, CLOCK)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
