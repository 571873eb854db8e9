package dev.deprovisioner.webhook;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.deprovisioner.http.HttpClients;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Ports;
import dev.deprovisioner.tracing.TraceContinuation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.mock.env.MockEnvironment;

/** The receiver's example in docs/webhook.md takes what the service sends, and nothing else. */
class ReceiverExampleTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```python$(.*?)^```$");
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static final String FOREIGN = "whsec_" + "A".repeat(32);
    private static final String ID = "msg_01900000-0000-7000-8000-000000000001";
    private static final String BODY = "{\"group_id\":\"gr\u00f6\u00dfe\"}";

    private static URI address;
    private static Process example;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        var program = EXAMPLE.matcher(Files.readString(Path.of("docs/webhook.md")));
        assertThat(program.find()).isTrue();
        var file = Files.writeString(directory.resolve("receiver.py"), program.group(1));
        int port = Ports.free();
        address = URI.create("http://127.0.0.1:" + port + "/");
        var command = new ProcessBuilder("python3", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment().put("WEBHOOK_SECRETS", OLD + "," + NEW);
        command.environment().put("PORT", Integer.toString(port));
        assumeTrue(isThere("python3"), "python3 is not installed");
        example = command.start();
        await().atMost(ofSeconds(60)).until(() -> listens(port));
    }

    private static boolean isThere(String interpreter) {
        try {
            var trial = new ProcessBuilder(interpreter, "-c", "import hmac, http.server").start();
            return trial.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean listens(int port) {
        assertThat(example.isAlive()).as("the example runs").isTrue();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (example != null) {
            example.destroyForcibly();
        }
    }

    private static Receiver.Reply delivered(String... secrets) {
        var message = new Delivery.Message(
                WebhookEventType.GROUP_DEPROVISIONED, DeprovisionId.next(), new GroupId("g1"), BODY);
        var properties = new WebhookProperties(
                address, List.of(secrets), Set.of(WebhookEventType.GROUP_DEPROVISIONED), null, Duration.ofSeconds(15));
        var receiver = new Receiver(
                properties,
                HttpClients.direct(new DefaultSslBundleRegistry()),
                new MockEnvironment(),
                Clock.systemUTC(),
                new TraceContinuation(Tracer.NOOP, ObservationRegistry.NOOP),
                ObservationRegistry.NOOP);
        return receiver.send(Delivery.pending(message, Instant.now()), Instant.now());
    }

    private static int sent(String id, String timestamp, String signature, String body) throws Exception {
        var request = HttpRequest.newBuilder(address)
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signature)
                .POST(BodyPublishers.ofString(body));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static String epoch(Instant time) {
        return Long.toString(time.getEpochSecond());
    }

    @Test
    void takesWhatIsSignedWithASecretThatItKnows() {
        assertThat(delivered(OLD)).isInstanceOf(Receiver.Reply.Confirmed.class);
        assertThat(delivered(NEW)).isInstanceOf(Receiver.Reply.Confirmed.class);
        assertThat(delivered(FOREIGN, NEW)).isInstanceOf(Receiver.Reply.Confirmed.class);
    }

    @Test
    void refusesWhatIsSignedWithAnother() {
        assertThat(delivered(FOREIGN)).isInstanceOf(Receiver.Reply.NotConfirmed.class);
    }

    @Test
    void refusesWhatWasTamperedWith() throws Exception {
        var now = Instant.now();
        var good = Signature.of(ID, now, BODY, List.of(NEW));

        assertThat(sent(ID, epoch(now), good, BODY)).isEqualTo(204);
        assertThat(sent(ID, epoch(now), good, BODY + " ")).isEqualTo(401);
        assertThat(sent(ID.replace('1', '2'), epoch(now), good, BODY)).isEqualTo(401);
        assertThat(sent(ID, epoch(now.plusSeconds(1)), good, BODY)).isEqualTo(401);
        assertThat(sent(ID, epoch(now), good.replace("v1,", "v2,"), BODY)).isEqualTo(401);
        assertThat(sent(ID, epoch(now), good.substring(0, 20), BODY)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {-400, 400})
    void refusesWhatIsNotOfNow(int seconds) throws Exception {
        var then = Instant.now().plusSeconds(seconds);

        assertThat(sent(ID, epoch(then), Signature.of(ID, then, BODY, List.of(NEW)), BODY))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "1e9", "99999999999999999999999"})
    void refusesWhatHasNoTime(String timestamp) throws Exception {
        var signature = Signature.of(ID, Instant.now(), BODY, List.of(NEW));

        assertThat(sent(ID, timestamp, signature, BODY)).isEqualTo(401);
    }

    @Test
    void refusesWhatIsNotSigned() throws Exception {
        var bare = HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(BODY));

        assertThat(HttpClient.newHttpClient()
                        .send(bare.build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
    }
}
