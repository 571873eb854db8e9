package dev.deprovisioner.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of callers are accepted from a token, and which from a stored run. */
class CallerTest {

    private static Principal named(String name) {
        return () -> name;
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal", "portal-1", "größe", "日本 🎉", "client id with spaces", "a/b?c"})
    void acceptsAVisibleLineFromAToken(String name) {
        assertThat(Caller.of(named(name))).isEqualTo(new Caller(name));
        assertThat(Caller.of(named(name))).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "portal\nINFO all is well",
                "portal\r",
                "portal\u0000",
                "portal\u001b[2J",
                "portal\u0085",
                "portal\u2028INFO",
                "portal\u2029INFO",
                "\u202elatrop",
                "por\u200btal",
                "portal\ufffe"
            })
    void refusesANameFromATokenThatIsBlankOrNotOneVisibleLineButReadsItFromARow(String name) {
        assertThat(Caller.isAcceptable(name)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Caller.of(named(name)));
        assertThat(new Caller(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\ud800', '\udfff'})
    void refusesHalfACharacterFromAToken(char half) {
        assertThat(Caller.isAcceptable("portal" + half)).isFalse();
    }

    @Test
    void hasAtMost255Characters() {
        assertThat(Caller.of(named("x".repeat(255))).value()).hasSize(255);
        assertThat(Caller.isAcceptable("x".repeat(256))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Caller("x".repeat(256)));
    }
}
