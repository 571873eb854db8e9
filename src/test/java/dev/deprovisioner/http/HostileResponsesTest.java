package dev.deprovisioner.http;

import static dev.deprovisioner.testbed.ScriptedServer.DRIP;
import static dev.deprovisioner.testbed.ScriptedServer.RESET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.deprovisioner.testbed.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;

/** No answer is taken for the answer to another request, and no request is sent twice. */
@Timeout(60)
class HostileResponsesTest {

    private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";
    private static final String POISON = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";
    private static final int MOST = 10;

    private final ClientHttpRequestFactory requests = open(Duration.ofSeconds(10));
    private ScriptedServer server = ScriptedServer.start();

    private static ClientHttpRequestFactory open(Duration timeout) {
        return HttpClients.direct(new DefaultSslBundleRegistry()).open("setting", null, Duration.ofSeconds(5), timeout);
    }

    private void answers(String... answers) {
        server.close();
        server = ScriptedServer.start(answers);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String sent(HttpMethod method) throws IOException {
        try (var answer = requests.createRequest(server.uri(), method).execute()) {
            var body = answer.getBody().readNBytes(MOST);
            return answer.getStatusCode().value() + " " + new String(body, ISO_8859_1);
        }
    }

    private String got() throws IOException {
        return sent(HttpMethod.GET);
    }

    private IOException failure() {
        return catchThrowableOfType(IOException.class, this::got);
    }

    @Test
    void connectionsAreReusedForOrdinaryAnswers() throws IOException {
        answers(
                FINE,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nfi\r\n2\r\nne\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\n" + FINE,
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                FINE);

        for (var expected : new String[] {"200 fine", "200 fine", "204 ", "204 ", "200 fine", "404 ", "200 fine"}) {
            assertThat(got()).isEqualTo(expected);
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 45\r\n\r\n" + POISON,
                "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n" + POISON,
                "HTTP/1.1 204 No Content\r\n\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 45\r\n\r\n" + POISON,
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx" + POISON,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n" + POISON,
                "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\nlonger than we read" + POISON,
                "HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + FINE,
                "HTTP/1.1 100 Continue\r\nContent-Length: 4\r\n\r\nbody\r\n" + FINE,
                "HTTP/1.1 200 OK\r\nno header\r\nContent-Length: 1\r\n\r\nx",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 45\r\n\r\nx" + POISON
            })
    void noAnswerPoisonsTheNextOne(String first) throws IOException {
        answers(first, FINE);

        try {
            got();
        } catch (IOException e) {
            assertThat(first).as("only a body may be unreadable").startsWith("HTTP/1.1 200");
        }

        assertThat(got()).isEqualTo("200 fine");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void bytesBetweenTwoRequestsAreNoAnswerToTheSecondOne() throws IOException {
        answers(FINE, FINE);
        got();
        server.say(POISON);

        assertThat(got()).isEqualTo("200 fine");
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatWasClosedMeanwhileIsNotUsed() throws IOException {
        answers(FINE, FINE);
        got();
        server.hangUp();

        assertThat(got()).isEqualTo("200 fine");
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RESET,
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
            })
    void aDeletionIsOnTheWireOnce(String answer) throws IOException {
        answers(FINE, answer, FINE);
        got();

        try {
            sent(HttpMethod.DELETE);
        } catch (IOException e) {
            assertThat(answer).isEqualTo(RESET);
            assertThat(ConnectionFailure.describe(e))
                    .as("it may have been sent")
                    .isNull();
        }

        assertThat(server.requests()).containsExactly("GET / HTTP/1.1", "DELETE / HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DRIP + "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nslow",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nslow"
            })
    void aSlowAnswerEndsAtTheDeadlineOfItsExchange(String head) throws IOException {
        answers((head.startsWith(DRIP) ? head : DRIP + head) + "x".repeat(1000), FINE);
        var impatient = open(Duration.ofMillis(300));

        var failure = catchThrowableOfType(IOException.class, () -> {
            try (var answer =
                    impatient.createRequest(server.uri(), HttpMethod.GET).execute()) {
                answer.getBody().readAllBytes();
            }
        });

        assertThat(failure).isNotNull();
        // A slow machine may not even connect in that time.
        assumeThat(server.requests()).isNotEmpty();
        assertThat(ConnectionFailure.describe(failure)).as("it was sent").isNull();
        assertThat(got()).isEqualTo("200 fine");
    }

    @Test
    void aStatusIsKnownThoughItsHeaderIsDamaged() throws IOException {
        answers("HTTP/1.1 204 No Content\r\nno header\r\n\r\n", "HTTP/1.1 204 No Content\r\n" + "x".repeat(100_000));

        assertThat(got()).isEqualTo("204 ");
        assertThat(got()).isEqualTo("204 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 000 Nothing\r\n\r\n",
                "HTTP/1.1 1000 Much\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "hello\r\n\r\n"
            })
    void bytesWithoutAStatusAreNoAnswer(String answer) throws IOException {
        answers(answer, FINE);

        assertThat(ConnectionFailure.describe(failure())).isNull();
        assertThat(got()).isEqualTo("200 fine");
    }
}
