package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.clock.Progress;
import dev.deprovisioner.http.ConnectionFailure;
import dev.deprovisioner.http.UnreadableBodyException;
import dev.deprovisioner.upstream.FailedAttempt.Reason;
import dev.deprovisioner.upstream.UpstreamRequest.Excess;
import dev.deprovisioner.upstream.ratelimit.Pacing;
import dev.deprovisioner.upstream.ratelimit.PauseTooLongException;
import dev.deprovisioner.upstream.ratelimit.QueueKey;
import dev.deprovisioner.upstream.ratelimit.RateBudget;
import dev.deprovisioner.upstream.ratelimit.RateLimitHeaders;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Sends a request once, when its turn has come, and sorts the answer: to work with, or a failed try. */
final class UpstreamCall {

    private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);
    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final byte[] NOTHING = {};

    private final RestClient client;
    private final UpstreamToken token;
    private final Pacing pacing;
    private final Duration requestTimeout;
    private final ResponseFailures failures;
    private final MonotonicClock time;

    UpstreamCall(
            RestClient client,
            UpstreamToken token,
            Pacing pacing,
            Duration requestTimeout,
            InstantSource clock,
            MonotonicClock time) {
        this.client = client;
        this.token = token;
        this.pacing = pacing;
        this.requestTimeout = requestTimeout;
        this.failures = new ResponseFailures(clock);
        this.time = time;
    }

    /**
     * @param turn among all requests
     * @param longestPause how long it may wait for a pause that the provider asked for
     * @throws dev.deprovisioner.problem.Fault if the request's guard stops it
     * @throws FailedAttempt if there is no answer to work with
     */
    UpstreamResponse send(UpstreamRequest request, QueueKey turn, Duration longestPause) throws InterruptedException {
        var bearer = acquire(turn, longestPause);
        try {
            request.guard().check(requestTimeout);
            return classify(send(request, bearer), bearer);
        } finally {
            pacing.release();
        }
    }

    /** The token to send, which may have to be fetched. */
    String token() throws InterruptedException {
        return new Bearer().token();
    }

    Optional<RateBudget> rateBudget() {
        return pacing.budget();
    }

    private String acquire(QueueKey turn, Duration longestPause) throws InterruptedException {
        try {
            return Progress.whileWaiting(() -> pacing.acquire(turn, longestPause, new Bearer()));
        } catch (PauseTooLongException e) {
            throw new FailedAttempt(Reason.THROTTLED, "the provider asked for a pause", e.left());
        }
    }

    private final class Bearer implements Pacing.Bearer {

        /** While the token endpoint asks for a pause, no request is sent to the provider either. */
        @Override
        public String token() throws InterruptedException {
            try {
                return token.value();
            } catch (FailedAttempt e) {
                if (e.reason() == Reason.THROTTLED) {
                    pacing.observe(new ThrottleSignal.Pause(e.notBefore()));
                }
                throw e;
            }
        }

        @Override
        public boolean isCurrent(String fetched) {
            return token.isCurrent(fetched);
        }
    }

    private UpstreamResponse send(UpstreamRequest request, String bearer) {
        long sentAt = time.nanos();
        try {
            var spec = client.method(request.method())
                    .uri(request.path(), request.variables())
                    .header(HttpHeaders.ACCEPT, request.api().accept())
                    .headers(headers -> headers.setBearerAuth(bearer));
            if (request.ifMatch() != null) {
                spec.header(HttpHeaders.IF_MATCH, request.ifMatch());
            }
            if (request.body() != null && request.mediaType() != null) {
                spec.contentType(request.mediaType()).body(request.body().getBytes(StandardCharsets.UTF_8));
            }
            return spec.exchangeForRequiredValue((sent, answer) -> read(request, answer, bearer, sentAt));
        } catch (ResourceAccessException e) {
            throw unanswered(e);
        } finally {
            Progress.note();
        }
    }

    /** Without our token, should the provider repeat it. */
    private static UpstreamResponse read(UpstreamRequest request, ClientHttpResponse answer, String bearer, long sentAt)
            throws IOException {
        boolean error = answer.getStatusCode().isError();
        int maxBytes = request.maxResponseBytes();
        int most = error ? MAX_ERROR_BYTES : maxBytes + 1;
        var body = answer.getBody().readNBytes(most);
        boolean longer = body.length == most;
        if (longer) {
            // Else Spring reads the rest, however long that takes, for the sake of the connection.
            answer.getBody().close();
            if (!error && request.excess() == Excess.REFUSED) {
                throw new FailedAttempt(Reason.MALFORMED, "an answer over " + maxBytes + " bytes");
            }
        }
        var used = request.excess() == Excess.DROPPED ? NOTHING : longer ? wholeCharacters(body) : body;
        var text = withoutToken(BodyText.of(used, answer.getHeaders()), bearer);
        var headers = CorrelationId.without(bearer, answer.getHeaders());
        return new UpstreamResponse(answer.getStatusCode().value(), headers, text, sentAt, longer && !error);
    }

    /** A cut in the middle of a character would make the rest look like another charset than UTF-8. */
    private static byte[] wholeCharacters(byte[] beginning) {
        int end = beginning.length;
        while (end > 0 && beginning[end - 1] < 0) {
            end--;
        }
        return Arrays.copyOf(beginning, end);
    }

    /** Also as a JSON text may write it: some escape the slashes of a token. */
    private static String withoutToken(String text, String bearer) {
        return text.replace(bearer, "[token]").replace(bearer.replace("/", "\\/"), "[token]");
    }

    private static FailedAttempt unanswered(ResourceAccessException e) {
        if (e.getCause() instanceof UnreadableBodyException unreadable) {
            return new FailedAttempt(Reason.MALFORMED, String.valueOf(unreadable.getMessage()));
        }
        var none = ConnectionFailure.describe(e);
        return none != null
                ? new FailedAttempt(Reason.UNREACHABLE, none)
                : new FailedAttempt(Reason.NO_ANSWER, "no complete answer in time");
    }

    private UpstreamResponse classify(UpstreamResponse answer, String bearer) {
        if (answer.status() >= 400) {
            log.info(
                    "Provider answered: HTTP {}, correlation id {}",
                    answer.status(),
                    Objects.requireNonNullElse(answer.correlationId(), "none"));
        }
        pacing.report(answer.headers());
        RateLimitHeaders.signals(answer.headers()).forEach(signal -> pacing.observe(signal));
        var failure = failures.of(answer);
        if (failure == null) {
            return answer;
        }
        if (failure.reason() == Reason.UNAUTHORIZED) {
            token.drop(bearer, failure);
        }
        if (failure.reason() == Reason.THROTTLED) {
            pacing.observe(new ThrottleSignal.Pause(failure.notBefore()));
        }
        throw failure;
    }
}
