package dev.deprovisioner.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.testbed.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.http.HttpMethod;

/** Bodies that came in gzip without being asked for are read like others, within the same bounds. */
@Timeout(60)
class CompressedResponsesTest {

    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static String answer(String encoding, byte[] body) {
        return "HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n".formatted(encoding, body.length)
                + new String(body, ISO_8859_1);
    }

    private static String chunked(byte[] body) {
        return "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(body.length, new String(body, ISO_8859_1));
    }

    /**
     * Reads at most this many bytes of the first answer, then all of the next one, and returns what came first.
     *
     * @param connections how many may be used
     */
    private static byte[] read(int most, int connections, String first) throws IOException {
        try (var server = ScriptedServer.start(first, FINE)) {
            var requests = HttpClients.direct(new DefaultSslBundleRegistry())
                    .open("setting", null, Duration.ofSeconds(5), Duration.ofSeconds(20));
            try (var answer =
                    requests.createRequest(server.uri(), HttpMethod.GET).execute()) {
                return answer.getBody().readNBytes(most);
            } finally {
                try (var next =
                        requests.createRequest(server.uri(), HttpMethod.GET).execute()) {
                    assertThat(next.getBody().readAllBytes())
                            .asString(ISO_8859_1)
                            .isEqualTo("fine");
                }
                assertThat(server.connections()).isLessThanOrEqualTo(connections);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip"})
    void areRead(String encoding) throws IOException {
        var content = "{\"id\":\"g1\"}".getBytes(ISO_8859_1);

        assertThat(read(1000, 1, answer(encoding, gzip(content)))).isEqualTo(content);
    }

    @Test
    void areReadInChunksToo() throws IOException {
        var content = "{\"id\":\"g1\"}".getBytes(ISO_8859_1);

        assertThat(read(1000, 1, chunked(gzip(content)))).isEqualTo(content);
    }

    @Test
    void mayNotHaveBecomeShorter() throws IOException {
        var noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);

        assertThat(read(Integer.MAX_VALUE, 1, answer("gzip", gzip(noise)))).isEqualTo(noise);
    }

    @Test
    void mayBeEmpty() throws IOException {
        assertThat(read(1000, 1, answer("gzip", new byte[0]))).isEmpty();
        assertThat(read(1000, 1, answer("gzip", gzip(new byte[0])))).isEmpty();
    }

    @Test
    void areInflatedNoFurtherThanTheyAreRead() throws IOException {
        var bomb = gzip(new byte[100_000_000]);

        assertThat(read(1000, 2, answer("gzip", bomb))).hasSize(1000).containsOnly(0);
    }

    @Test
    void haveABoundForReadersWithoutOne() throws IOException {
        var bomb = gzip(new byte[(int) InflatedBody.MOST_BYTES + 1]);

        assertThatThrownBy(() -> read(Integer.MAX_VALUE, 2, answer("gzip", bomb)))
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessageContaining("over");
    }

    @Test
    void cannotKeepTheReaderBusyWithNothing() throws IOException {
        var nothing = new ByteArrayOutputStream();
        while (nothing.size() <= 2 * InflatedBody.MOST_OVERHEAD) {
            nothing.write(gzip(new byte[0]));
        }

        assertThatThrownBy(() -> read(1000, 2, answer("gzip", nothing.toByteArray())))
                .isInstanceOf(UnreadableBodyException.class);
    }

    @Test
    void areMalformedWhenDamaged() throws IOException {
        var whole = gzip("{\"id\":\"g1\",\"members\":[]}".getBytes(ISO_8859_1));
        var changed = whole.clone();
        changed[whole.length - 6] ^= 1;
        var cut = Arrays.copyOf(whole, whole.length - 9);

        for (var damaged : new byte[][] {changed, cut, "plain".getBytes(ISO_8859_1)}) {
            assertThatThrownBy(() -> read(1000, 2, answer("gzip", damaged)))
                    .isInstanceOf(UnreadableBodyException.class)
                    .hasMessageContaining("gzip encoding is damaged");
        }
    }

    @Test
    void areLeftAsTheyAreInOtherEncodings() throws IOException {
        assertThat(read(1000, 1, answer("br", "br".getBytes(ISO_8859_1))))
                .asString(ISO_8859_1)
                .isEqualTo("br");
    }
}
