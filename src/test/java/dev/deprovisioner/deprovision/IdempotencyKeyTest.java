package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of a key. */
class IdempotencyKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "k", "\"quoted\"", "a,b"})
    void hasVisibleCharacters(String value) {
        assertThat(new IdempotencyKey(value).value()).isEqualTo(value);
    }

    @Test
    void hasAtMost255Characters() {
        var longest = "k".repeat(255);

        assertThat(new IdempotencyKey(longest).value()).isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey(longest + "k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\na", "a\u0000", "a\u007F", "a\u0080", "\u00E4", "\u200B"})
    void hasNoOtherCharacter(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey(value));
    }
}
