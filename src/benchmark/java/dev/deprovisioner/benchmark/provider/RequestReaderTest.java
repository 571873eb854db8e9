package dev.deprovisioner.benchmark.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    @Test
    void readsOneRequestAfterTheOther() throws IOException {
        var requests = reader("""
                PATCH /groups/a?b HTTP/1.1\r
                Content-Length: 6\r
                Host: provider\r
                \r
                {"ü"}DELETE /groups/a HTTP/1.1\r
                \r
                """);

        assertThat(requests.next()).isEqualTo(new WireRequest("PATCH", "/groups/a?b", "{\"ü\"}"));
        assertThat(requests.next()).isEqualTo(new WireRequest("DELETE", "/groups/a", ""));
        assertThat(requests.next()).isNull();
    }

    @Test
    void readsAHeadThatIsLargerThanItsBuffer() throws IOException {
        var token = "t".repeat(40_000);

        assertThat(reader("GET / HTTP/1.1\r\nAuthorization: " + token + "\r\n\r\n")
                        .next())
                .isEqualTo(new WireRequest("GET", "/", ""));
    }

    @Test
    void refusesABodyWithoutALength() {
        var requests = reader("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");

        assertThatThrownBy(requests::next).isInstanceOf(IOException.class);
    }

    private static RequestReader reader(String text) {
        return new RequestReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }
}
