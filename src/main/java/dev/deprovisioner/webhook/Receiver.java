package dev.deprovisioner.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** The other end: takes one signed try of a delivery. */
@Component
class Receiver {

    private static final int MAX_BODY_BYTES = 4 * 1024;

    private final WebhookProperties properties;
    private final RestClient client;

    Receiver(WebhookProperties properties, Environment environment) {
        this.properties = properties;
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.timeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(properties.timeout());
        this.client = RestClient.builder()
                .requestFactory(requests)
                .defaultHeader(
                        HttpHeaders.USER_AGENT,
                        "scim-deprovisioner/" + environment.getProperty("spring.application.version", "unknown"))
                .build();
    }

    /** What the receiver said to one try. */
    sealed interface Reply {

        record Confirmed() implements Reply {}

        /** 410: it does not want this, ever. */
        record Unwanted(String error) implements Reply {}

        /** @param retryAfter how long it asks to be left alone, zero if it does not say */
        record NotConfirmed(String error, Duration retryAfter) implements Reply {}
    }

    Reply send(Delivery delivery, Instant now) {
        try {
            return client.post()
                    .uri(Objects.requireNonNull(properties.url()))
                    .contentType(MediaType.APPLICATION_JSON)
                    .header("webhook-id", delivery.id())
                    .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                    .header(
                            "webhook-signature",
                            Signature.of(delivery.id(), now, delivery.body(), properties.secrets()))
                    .body(delivery.body().getBytes(StandardCharsets.UTF_8))
                    .exchangeForRequiredValue((request, answer) -> reply(answer));
        } catch (ResourceAccessException e) {
            return new Reply.NotConfirmed("no answer in time", Duration.ZERO);
        }
    }

    private static Reply reply(ClientHttpResponse answer) throws IOException {
        HttpStatusCode status = answer.getStatusCode();
        if (status.is2xxSuccessful()) {
            // Read within bounds, so that the connection can be used again; what it says does not matter.
            answer.getBody().readNBytes(MAX_BODY_BYTES);
            return new Reply.Confirmed();
        }
        if (status.value() == 410) {
            return new Reply.Unwanted("HTTP 410");
        }
        return new Reply.NotConfirmed("HTTP " + status.value(), retryAfter(answer));
    }

    private static Duration retryAfter(ClientHttpResponse answer) {
        var seconds = answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }
}
