package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signature, against the example that the libraries of Standard Webhooks are tested with. */
class SignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String EXPECTED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static String sign(String... secrets) {
        return Signature.of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}",
                List.of(secrets));
    }

    @Test
    void isTheOneOfTheStandard() {
        assertThat(sign(SECRET)).isEqualTo(EXPECTED);
    }

    @Test
    void carriesOneForEachSecretWhileRotating() {
        var other = "whsec_" + "A".repeat(32);
        assertThat(sign(other, SECRET)).isEqualTo(sign(other) + " " + EXPECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_AAAA", "whsec_%%%", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void refusesWhatIsNoSecret(String secret) {
        assertThat(Signature.isSecret(secret)).isFalse();
        assertThat(Signature.isSecret(SECRET)).isTrue();
    }
}
