package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/** Lifetimes of every kind, and tokens that are none. */
class TokenResponseConverterTest {

    private static OAuth2AccessToken read(String body) {
        return TokenResponseConverter.read(new UpstreamResponse(200, new HttpHeaders(), body, 0))
                .getAccessToken();
    }

    private static FailedAttempt failureOf(String body) {
        return Objects.requireNonNull(catchThrowableOfType(FailedAttempt.class, () -> read(body)));
    }

    @ParameterizedTest
    @CsvSource({
        "3600,                 3600",
        "'\"3600\"',           3600",
        "3599.9,               3599",
        "'\"60.5\"',           60",
        "1,                    1",
        "0.5,                  3600",
        "0,                    3600",
        "-1,                   3600",
        "null,                 3600",
        "'\"\"',               3600",
        "'\"soon\"',           3600",
        "[],                   3600",
        "true,                 3600",
        "31536001,             31536000",
        "9223372036854775,     31536000",
        "9223372036854775807,  31536000",
        "99999999999999999999, 31536000",
        "1e300,                31536000"
    })
    void readsAnyLifetime(String expiresIn, long seconds) {
        var token = read("{\"access_token\":\"t1\",\"expires_in\":" + expiresIn + "}");

        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).hasSeconds(seconds);
    }

    @Test
    void aTokenWithoutALifetimeLastsAnHour() {
        var token = read("{\"Access_Token\":\"t1\"}");

        assertThat(token.getTokenValue()).isEqualTo("t1");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).hasHours(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":\"invalid_client\",\"error_description\":\"Ask kim@example.com\"}",
                "{\"access_token\":\"\",\"error\":\"invalid_client\",\"error_description\":\"Ask kim@example.com\"}",
                "{\"access_token\":null,\"Error\":\"invalid_client\",\"message\":\"Ask kim@example.com\"}"
            })
    void anErrorInsteadOfATokenIsARefusal(String body) {
        var failure = failureOf(body);

        assertThat(failure.reason()).isEqualTo(Reason.TOKEN_REFUSED);
        assertThat(failure).hasMessageContaining("invalid_client");
        assertThat(failure.quote()).isEqualTo("Ask [e-mail]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "<html>",
                "[]",
                "{\"access_token\":\"a\\nb\"}",
                "{\"access_token\":{}}",
                "{\"error\":\"\"}",
                "{\"error\":null}"
            })
    void anythingElseIsNoToken(String body) {
        assertThat(failureOf(body).reason()).isEqualTo(Reason.UNREACHABLE);
    }
}
