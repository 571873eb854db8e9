package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad key does not take the good ones with it. */
class KeySetTest {

    private static final String GOOD = SignedTokens.KEY.toPublicJWK().toJSONString();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"EC\",\"kid\":\"bad\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
                "{\"kty\":\"EC\",\"kid\":\"bad\",\"crv\":\"P-256\",\"x\":\"AAAA\"}",
                "{\"kty\":\"EC\",\"kid\":\"bad\",\"crv\":\"brainpool\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
                "{\"kty\":\"RSA\",\"kid\":\"bad\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"kid\":\"bad\",\"n\":7,\"e\":[]}",
                "{\"kty\":\"RSA\",\"kid\":\"bad\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"x5c\":[\"!\"]}",
                "{\"kty\":\"OKP\",\"kid\":\"bad\",\"crv\":\"Ed448\"}",
                "{\"kty\":\"future\",\"kid\":\"bad\"}",
                "{\"kid\":\"bad\"}",
                "{}",
                "null",
                "\"text\"",
                "[]"
            })
    void skipsAKeyThatCannotBeRead(String bad) throws IOException {
        assertThat(KeySet.parse("{\"keys\":[" + bad + "," + GOOD + "," + bad + "]}")
                        .getKeys())
                .extracting(JWK::getKeyID)
                .containsExactly("k1");
        assertThatThrownBy(() -> KeySet.parse("{\"keys\":[" + bad + "]}")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"keys\":{}}", "{\"keys\":[", "null"})
    void refusesWhatIsNoKeySet(String text) {
        assertThatThrownBy(() -> KeySet.parse(text)).isInstanceOf(IOException.class);
    }

    @Test
    void takesAnIssuerWithoutKeysAtItsWord() throws IOException {
        assertThat(KeySet.parse("{\"keys\":[]}").getKeys()).isEmpty();
    }
}
