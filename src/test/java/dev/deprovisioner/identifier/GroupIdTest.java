package dev.deprovisioner.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be a group id. */
class GroupIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a1b2c3d4-e5f6-7890-abcd-ef1234567890", "Support Tier 1", "…", "größe", "a.b", "...", "a+b@c"})
    void takesWhatIsOneSegment(String id) {
        assertThat(new GroupId(id).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a/b",
                "a\\b",
                "a%b",
                "a?b",
                "a#b",
                "a;b",
                "a\nb",
                "a\u0000b",
                "a\u007fb",
                "a\u2028b"
            })
    void refusesWhatCouldLeaveItsSegmentOrForgeALine(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u202eb", "a\u200bb", "\ufeffa", "a\u00ad", "a\udb40\udc41"})
    void refusesFormatCharactersInARequest(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> GroupId.of(id)).withMessageContaining("format");
        assertThat(new GroupId(id).value())
                .as("as a provider may have written it")
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\ud800', '\udfff', '\ufffd'})
    void refusesWhatIsNoValidUtf8(char broken) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupId("a" + broken));
    }

    @Test
    void hasAtMost255Characters() {
        assertThat(new GroupId("x".repeat(255)).value()).hasSize(255);
        assertThatIllegalArgumentException().isThrownBy(() -> new GroupId("x".repeat(256)));
    }
}
