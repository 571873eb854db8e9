package dev.deprovisioner.policy;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "support-*, support-tier-1, true",
        "support-*, support-,       true",
        "support-*, a-support-1,    false",
        "*-1,       support-1,      true",
        "*-1,       support-1-2,    false",
        "*,         '',             true",
        "a*a,       a,              false",
        "a*a,       aa,             true",
        "a*b*c,     a-b-b-c,        true",
        "a*b*c,     a-c-b,          false",
        "*ab*ab*,   aab-ab,         true",
        "*ab*ab*,   aab,            false",
        "a**b,      ab,             true",
        "a.c,       abc,            false",
        "a?c,       abc,            false",
        "[a],       a,              false",
        "support,   support,        true",
        "support,   support-1,      false"
    })
    void matchesTheWholeText(String pattern, String text, boolean matches) {
        assertThat(Glob.exact(pattern).matches(text)).isEqualTo(matches);
        assertThat(Glob.ignoringCase(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"SALES *, sales emea", "sales *, SALES EMEA", "stra\u00dfe, STRASSE", "\u00c4*, \u00e4rzte"})
    void ignoresCaseOnlyIfMadeSo(String pattern, String text) {
        assertThat(Glob.ignoringCase(pattern).matches(text)).isTrue();
        assertThat(Glob.exact(pattern).matches(text)).isFalse();
    }

    @Test
    void takesNoLongerForAHardPattern() {
        var pattern = Glob.exact("*a".repeat(100) + "b*");
        var text = "a".repeat(100_000);
        assertThat(assertTimeoutPreemptively(ofSeconds(5), () -> pattern.matches(text)))
                .isFalse();
    }
}
