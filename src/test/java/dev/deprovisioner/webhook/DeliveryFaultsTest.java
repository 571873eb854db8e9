package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a message is sent to the receiver, and how the run ends. */
class DeliveryFaultsTest extends StubbedReceiver {

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void everySuccessIsNotedOnTheRunAndInTheTrail(int status) {
        receiver(status(status));

        assertThat(tried()).isEmpty();

        assertThat(delivery().status()).isEqualTo(Delivery.Status.DELIVERED);
        assertThat(delivery().attempts()).isEqualTo(1);
        assertThat(latest().webhookSynced()).isTrue();
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "WEBHOOK SUCCESS");
        assertThat(syncedEntries()).containsExactly(true);
    }

    @Test
    void aDeliveredMessageIsNotSentAgain() {
        receiver(status(204));
        tried();

        assertThat(tried()).isEmpty();

        assertThat(received()).hasSize(1);
        assertThat(trail()).containsOnlyOnce("WEBHOOK SUCCESS");
    }

    @ParameterizedTest
    @MethodSource
    void everythingElseIsTriedAgain(ResponseDefinitionBuilder answer) {
        receiver(answer, status(204));

        var next = tried();

        assertThat(next)
                .hasValueSatisfying(at -> assertThat(Duration.between(time.instant(), at))
                        .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500)));
        assertThat(delivery().nextAttemptAt()).isEqualTo(next.orElseThrow());
        assertThat(delivery().lastError()).isNotBlank();
        assertThat(latest().webhookSynced()).isNotEqualTo(true);
        assertThat(trail()).containsExactly("REQUEST SUCCESS");

        time.step(Duration.ofSeconds(6));
        assertThat(tried()).isEmpty();
        assertThat(latest().webhookSynced()).isTrue();
    }

    static Stream<ResponseDefinitionBuilder> everythingElseIsTriedAgain() {
        return Stream.of(
                status(301).withHeader("Location", "/elsewhere"),
                status(304),
                status(400),
                status(401),
                status(404),
                status(408),
                status(429),
                status(500),
                status(501),
                status(503));
    }

    /** A broken chunk comes after a status, which alone decides. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MALFORMED_RESPONSE_CHUNK")
    void aBrokenConnectionIsTriedAgain(Fault broken) {
        receiver(aResponse().withFault(broken));

        assertThat(tried()).isPresent();

        assertThat(delivery().attempts()).isEqualTo(1);
        assertThat(received()).hasSize(1);
    }

    @Test
    @Tag("slow")
    void aDrippingReceiverIsCutOff() {
        receiver(status(500).withBody("x".repeat(500)).withChunkedDribbleDelay(50, 60_000));
        long began = System.nanoTime();

        assertThat(tried()).isPresent();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        receiver(status(status).withHeader("Location", "/elsewhere"));

        assertThat(tried()).isPresent();

        provider.verify(1, postRequestedFor(anyUrl()));
        assertThat(delivery().lastError()).contains(String.valueOf(status));
    }

    @Test
    void aMessageThatIsAnsweredWith410IsUndeliverableAtOnce() {
        receiver(status(410));

        assertThat(tried()).isEmpty();

        assertUndeliverable(1);
    }

    @Test
    void oneUnwantedDeliveryDoesNotEndOthers() {
        receiver(status(410), ok());
        tried();

        var other = announcedForAnotherGroup();

        assertThat(tried(other)).isEmpty();
        assertThat(delivery(other).status()).isEqualTo(Delivery.Status.DELIVERED);
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        receiver(status(503).withHeader("Retry-After", "120"));

        assertThat(tried()).contains(time.instant().plusSeconds(120));
    }

    @Test
    void aShorterRetryAfterDoesNotShortenTheSchedule() {
        receiver(status(503).withHeader("Retry-After", "1"));

        assertThat(tried().orElseThrow()).isAfterOrEqualTo(time.instant().plusSeconds(5));
    }

    @Test
    void triesForThreeDaysAndIsThenUndeliverable() {
        receiver(status(404)); // a receiver that is there, and does not want to

        for (var pause : List.of("5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h")) {
            var least = Duration.parse("PT" + pause);
            var next = Duration.between(time.instant(), tried().orElseThrow());
            assertThat(next).isBetween(least, least.multipliedBy(11).dividedBy(10));
            time.step(next);
        }
        assertThat(tried()).isEmpty();

        assertUndeliverable(10);
    }

    private void assertUndeliverable(int tries) {
        assertThat(received()).hasSize(tries);
        assertThat(delivery().status()).isEqualTo(Delivery.Status.UNDELIVERABLE);
        assertThat(delivery().attempts()).isEqualTo(tries);
        assertThat(delivery().nextAttemptAt()).isNull();
        assertThat(latest().webhookSynced()).isNotEqualTo(true);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "WEBHOOK FAILED");
        assertThat(syncedEntries()).containsExactly(false);
        assertThat(tried()).isEmpty();
        assertThat(received()).hasSize(tries);
    }

    @Test
    @Tag("slow")
    void aConfirmationCountsEvenIfItsBodyNeverEnds() {
        receiver(status(200).withBody("x".repeat(500)).withChunkedDribbleDelay(50, 60_000));

        assertThat(tried()).isEmpty();
    }

    @Test
    void waitsUntilTheDateThatTheReceiverGives() {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                time.instant().plusSeconds(120).atOffset(ZoneOffset.UTC));
        receiver(status(503).withHeader("Retry-After", date));

        // The header has whole seconds only.
        assertThat(tried())
                .hasValueSatisfying(next -> assertThat(next)
                        .isBetween(
                                time.instant().plusSeconds(119), time.instant().plusSeconds(120)));
    }
}
