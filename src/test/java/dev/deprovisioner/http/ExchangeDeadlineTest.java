package dev.deprovisioner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;

/** What an exchange ends with whose time is over between two steps of the client. */
class ExchangeDeadlineTest {

    private static final IllegalStateException RELEASED = new IllegalStateException("Endpoint not acquired");

    private final HttpGet request = new HttpGet(URI.create("http://localhost/"));
    private final ExecChain.Scope scope = new ExecChain.Scope(
            "1", new HttpRoute(new HttpHost("localhost", 80)), request, mock(), HttpClientContext.create());
    private final ExchangeDeadline soon = new ExchangeDeadline(Duration.ofMillis(1));

    private ClassicHttpResponse released() {
        await().until(request::isAborted);
        throw RELEASED;
    }

    @Test
    void wasNotSentIfThereWasNoConnection() {
        assertThatThrownBy(() -> soon.execute(request, scope, (sent, at) -> released()))
                .isInstanceOf(NotConnectedException.class)
                .hasCause(RELEASED);
    }

    @Test
    void mayHaveBeenSentIfThereWasAConnection() {
        assertThatThrownBy(() -> soon.execute(
                        request,
                        scope,
                        (sent, at) -> ExchangeDeadline.connected(sent, at, (connected, there) -> released())))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotConnectedException.class)
                .satisfies(failure ->
                        assertThat(ConnectionFailure.describe(failure)).isNull());
    }

    @Test
    void hidesNoErrorOfTheClient() {
        var patient = new ExchangeDeadline(Duration.ofMinutes(1));

        assertThatThrownBy(() -> patient.execute(request, scope, (sent, at) -> {
                    throw RELEASED;
                }))
                .isSameAs(RELEASED);
    }
}
