package dev.deprovisioner.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.upstream.TokenFile.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a token, and when it expires; and what is none, without a word of it. */
class TokenFileTest {

    @TempDir
    Path directory;

    private TokenFile.Content read(String content) throws IOException {
        return new TokenFile(Files.writeString(directory.resolve("token"), content)).read();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t0k3n", "t0k3n\n", "  t0k3n\r\n\n"})
    void takesTheTokenWithoutTheSpaceAroundIt(String content) throws IOException {
        assertThat(read(content)).isEqualTo(new BearerToken("t0k3n", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "a:b~c+d/e=", "eyJhbGciOiJub25lIn0.bm8ganNvbg.x", "a.!!!.c", "..", "a.MQ.c"})
    void takesAnythingThatIsNoJwtAsATokenWithoutAnExpiry(String token) throws IOException {
        assertThat(read(token)).isEqualTo(new BearerToken(token, null));
    }

    @ParameterizedTest
    @CsvSource({
        "1772323200,           2026-03-01T00:00:00Z",
        "1772323200.75,        2026-03-01T00:00:00Z",
        "1.7723232e9,          2026-03-01T00:00:00Z",
        "-5,                   1970-01-01T00:00:00Z",
        "9223372036854775807,  9999-12-31T23:59:59Z",
        "1e300,                9999-12-31T23:59:59Z"
    })
    void readsTheExpiryOfAJwt(String expiry, Instant expected) throws IOException {
        assertThat(expiryOf("{\"sub\":\"scim\",\"exp\":" + expiry + "}")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"exp\":\"soon\"}", "{\"exp\":null}", "[1]", "{\"exp\":{}}", "{\"exp\":"})
    void knowsNoExpiryOfAJwtThatHasNone(String claims) throws IOException {
        assertThat(expiryOf(claims)).isNull();
    }

    private @Nullable Instant expiryOf(String claims) throws IOException {
        return ((BearerToken) read(jwt(claims))).expiresAt();
    }

    static String jwt(String claims) {
        return "eyJhbGciOiJSUzI1NiJ9." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
                + ".c2lnbmF0dXJl";
    }

    @Test
    void allowsForClocksThatDifferByAMinute() {
        var expiry = Instant.parse("2026-03-01T00:00:00Z");
        var token = new BearerToken("t", expiry);

        assertThat(token.isExpiredAt(expiry.plusSeconds(60))).isFalse();
        assertThat(token.isExpiredAt(expiry.plusSeconds(61))).isTrue();
        assertThat(new BearerToken("t", null).isExpiredAt(expiry.plus(Duration.ofDays(9999))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\r\n\t"})
    void refusesAnEmptyFile(String content) throws IOException {
        assertThat(read(content)).isEqualTo(new Unusable("is empty"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer c4nary", "c4nary\nc4nary", "c4näry", "c4nary\u0000x", "\uFEFFc4nary", "c4nary\u007f"})
    void refusesWhatCannotBeInAHeader(String content) throws IOException {
        assertThat(((Unusable) read(content)).why())
                .startsWith("has a character that no bearer token has")
                .doesNotContain("c4n");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        assertThat(read("x".repeat(16 * 1024))).isInstanceOf(BearerToken.class);
        assertThat(read("x".repeat(16 * 1024 + 1))).isEqualTo(new Unusable("is over 16384 bytes"));
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        assertThat(new TokenFile(directory).read()).isEqualTo(new Unusable("is no regular file"));
        assertThat(new TokenFile(directory.resolve("none")).read()).isEqualTo(new Unusable("does not exist"));
        Files.writeString(directory.resolve("file"), "t");
        assertThat(new TokenFile(directory.resolve("file/token")).read()).isEqualTo(new Unusable("does not exist"));
    }

    /** The way of Kubernetes: token → ..data/token, and ..data is replaced. */
    @Test
    void followsSymbolicLinksThatAreReplaced() throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve("1")).resolve("token"), "first");
        Files.writeString(Files.createDirectory(directory.resolve("2")).resolve("token"), "other");
        var data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("1"));
        var file = new TokenFile(Files.createSymbolicLink(directory.resolve("token"), Path.of("..data/token")));
        assertThat(file.read()).isEqualTo(new BearerToken("first", null));

        Files.delete(data);
        assertThat(file.read()).isEqualTo(new Unusable("does not exist"));
        Files.createSymbolicLink(data, Path.of("2"));

        assertThat(file.read()).isEqualTo(new BearerToken("other", null));
    }

    @Test
    void doesNotShowTheToken() {
        assertThat(BearerToken.of("c4nary").toString()).doesNotContain("c4nary");
    }
}
