package dev.deprovisioner.testbed;

import static dev.deprovisioner.testbed.ScimClient.REMOVE_ALL;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.deprovisioner.testbed.ScimServer.Exchange;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordingHandlerTest {

    private static final Answer NOT_COMPARED = Answer.ofNoEffect(0);

    private final ScimServer server = ScimServer.start("good"::equals);
    private final ScimClient client = new ScimClient(server.baseUri(), "good");
    private final String id = server.createGroup("Sales", List.of("ann"));
    private final String path = "/api/v2/scim/groups/" + id;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void recordsWhatWasSent() {
        client.patch(id, REMOVE_ALL, "W/\"1\"");

        assertThat(server.journal())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("answer")
                .containsExactly(new Exchange("PATCH", path, "W/\"1\"", "testbed", REMOVE_ALL, 200, NOT_COMPARED));
    }

    @Test
    void distinguishesTheEffectiveDeleteFromLaterOnes() {
        client.delete(id);
        client.delete(id);

        assertThat(server.journal())
                .extracting(Exchange::method, Exchange::path, Exchange::status)
                .containsExactly(tuple("DELETE", path, 204), tuple("DELETE", path, 404));
    }

    @Test
    void leavesTheTestsOwnRequestsOut() {
        server.statusOf(id);

        assertThat(server.journal()).isEmpty();
        assertThat(server.maxInFlight()).isZero();
    }

    @Test
    void callsTheHookAfterTheEffect() {
        var seen = new AtomicInteger();
        server.onExchange(exchange -> seen.set(server.statusOf(id)));

        client.delete(id);

        assertThat(seen).hasValue(404);
    }

    @Test
    void dropsTheConnectionWhenTheHookThrows() {
        server.onExchange(exchange -> {
            throw new IllegalStateException("no answer");
        });

        assertThatThrownBy(() -> client.delete(id)).isInstanceOf(UncheckedIOException.class);
        assertThat(server.statusOf(id)).isEqualTo(404);
    }

    @Test
    void answersWhatTheHookSaysWithoutAnEffect() {
        server.onArrival(arrival -> Optional.of(Answer.error(429, "Slowly.").with("Retry-After", arrival.method())));

        var answer = client.delete(id);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("DELETE");
        assertThat(server.journal()).extracting(Exchange::status).containsExactly(429);
        assertThat(server.statusOf(id)).isEqualTo(200);
    }

    @Test
    void answersWhatTheHookSaysAfterTheEffect() {
        server.onAnswer((arrival, answer) -> Answer.error(500, arrival.method() + " " + answer.status()));

        assertThat(client.delete(id).body()).contains("DELETE 204");
        assertThat(server.journal()).extracting(Exchange::status).containsExactly(500);
        assertThat(server.statusOf(id)).isEqualTo(404);
    }

    @Test
    void hasNoEffectWhenTheHookOfTheArrivalThrows() {
        server.onArrival(arrival -> {
            throw new IllegalStateException("lost on its way");
        });

        assertThatThrownBy(() -> client.delete(id)).isInstanceOf(UncheckedIOException.class);
        assertThat(server.statusOf(id)).isEqualTo(200);
    }

    @Test
    void letsAMemberJoin() {
        server.addMember(id, "bob");

        assertThat(server.membersOf(id)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(server.journal()).isEmpty();
    }

    @Test
    void countsRequestsInFlight() throws InterruptedException {
        var together = new CountDownLatch(3);
        var answered = new CountDownLatch(3);
        server.onExchange(exchange -> meet(together));

        IntStream.range(0, 3)
                .forEach(i -> Thread.startVirtualThread(() -> {
                    client.read(id);
                    answered.countDown();
                }));

        assertThat(answered.await(10, SECONDS)).isTrue();
        client.read(id);
        assertThat(server.maxInFlight()).isEqualTo(3);
    }

    @Test
    void answersAfterTheLatencyThatIsSet() {
        server.latency(Duration.ofMillis(100));
        long start = System.nanoTime();

        client.read(id);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    private static void meet(CountDownLatch others) {
        others.countDown();
        try {
            assertThat(others.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
