package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The header's grammar, and that nothing in it is an error. */
class PreferWaitTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "wait=10                 | 10",
                "wait=0                  | 0",
                "respond-async, wait=10  | 10",
                "wait=10; x=y            | 10",
                "WAIT = 10               | 10",
                "wait=\"10\"             | 10",
                "wait=61                 | 60",
                "wait=999999999          | 60",
                "wait=                   | none",
                "wait=-1                 | none",
                "wait=abc                | none",
                "waiting=10              | none",
                "none                    | none"
            })
    void readsTheWait(@Nullable String header, @Nullable Long seconds) {
        var expected = seconds == null ? null : new PreferWait(Duration.ofSeconds(seconds));
        assertThat(PreferWait.wait(header).orElse(null)).isEqualTo(expected);
    }
}
