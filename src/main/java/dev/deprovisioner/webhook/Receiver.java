package dev.deprovisioner.webhook;

import dev.deprovisioner.http.ConnectionFailure;
import dev.deprovisioner.http.HttpClients;
import dev.deprovisioner.http.RetryAfter;
import dev.deprovisioner.tracing.TraceContinuation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** The other end: takes one signed try of a delivery. */
@Component
class Receiver {

    private static final Logger log = LoggerFactory.getLogger(Receiver.class);
    private static final int MAX_BODY_BYTES = 4 * 1024;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private final WebhookProperties properties;
    private final InstantSource clock;
    private final TraceContinuation traces;
    private final RestClient client;

    Receiver(
            WebhookProperties properties,
            HttpClients connections,
            Environment environment,
            InstantSource clock,
            TraceContinuation traces,
            ObservationRegistry observations) {
        this.properties = properties;
        this.clock = clock;
        this.traces = traces;
        this.client = RestClient.builder()
                .requestFactory(connections.open(
                        "deprovisioner.webhook.ssl-bundle",
                        properties.sslBundle(),
                        properties.timeout(),
                        properties.timeout()))
                .observationRegistry(observations)
                .defaultHeader(
                        HttpHeaders.USER_AGENT,
                        "scim-deprovisioner/" + environment.getProperty("spring.application.version", "unknown"))
                .build();
    }

    /** The receiver's answer to one try. */
    sealed interface Reply {

        record Confirmed() implements Reply {}

        /** 410: it does not want this, ever. */
        record Gone(String error) implements Reply {}

        /**
         * @param retryAfter how long it asks to be left alone, zero if it does not say
         * @param alive whether it has answered below 500
         */
        record NotConfirmed(String error, Duration retryAfter, boolean alive) implements Reply {}

        /** Whether the receiver answered with a status below 500. */
        default boolean isAlive() {
            return !(this instanceof NotConfirmed(var error, var retryAfter, var alive)) || alive;
        }
    }

    Reply send(Delivery delivery, Instant now) {
        var url = properties.url();
        if (url == null) {
            return new Reply.NotConfirmed("deprovisioner.webhook.url is not set any more", Duration.ZERO, false);
        }
        try {
            return client.post()
                    .uri(url)
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("webhook-id", delivery.id().value())
                    .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                    .header(
                            "webhook-signature",
                            Signature.of(
                                    delivery.id().value(),
                                    now,
                                    delivery.message().body(),
                                    properties.secrets()))
                    .headers(headers -> traces.current().ifPresent(here -> headers.set(TraceContinuation.HEADER, here)))
                    .body(delivery.message().body().getBytes(StandardCharsets.UTF_8))
                    .exchangeForRequiredValue((request, answer) -> reply(answer));
        } catch (ResourceAccessException e) {
            return new Reply.NotConfirmed(
                    Objects.requireNonNullElse(ConnectionFailure.describe(e), "no answer in time"),
                    Duration.ZERO,
                    false);
        }
    }

    private Reply reply(ClientHttpResponse answer) throws IOException {
        HttpStatusCode status = answer.getStatusCode();
        drain(answer);
        if (status.is2xxSuccessful()) {
            return new Reply.Confirmed();
        }
        if (status.value() == 410) {
            return new Reply.Gone("HTTP 410");
        }
        return new Reply.NotConfirmed("HTTP " + status.value(), retryAfter(answer), status.value() < 500);
    }

    /** Reads a short body to its end, so that the connection can be used again. The body itself does not matter. */
    private static void drain(ClientHttpResponse answer) {
        try (var body = answer.getBody()) {
            body.readNBytes(MAX_BODY_BYTES);
        } catch (IOException e) {
            log.debug("Webhook response cut off: the status line counts", e);
        }
    }

    private Duration retryAfter(ClientHttpResponse answer) {
        var wait = RetryAfter.parse(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER), clock);
        return wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
    }
}
