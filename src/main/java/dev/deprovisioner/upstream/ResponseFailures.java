package dev.deprovisioner.upstream;

import dev.deprovisioner.http.RetryAfter;
import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Classifies the answers that decide nothing: gives a status its reason, so a status that is retried is added here.
 * {@link InlineRetryPolicy} decides by the reason how often the request is repeated at once.
 */
final class ResponseFailures {

    private final InstantSource clock;

    ResponseFailures(InstantSource clock) {
        this.clock = clock;
    }

    /** The failed attempt, or null for an answer that decides something. */
    @Nullable
    FailedAttempt of(UpstreamResponse answer) {
        int status = answer.status();
        if (Throttling.isAskedBy(answer)) {
            return failed(Reason.THROTTLED, answer, Throttling.pause(answer.headers(), clock));
        }
        if (status == 401) {
            return failed(Reason.UNAUTHORIZED, answer, Duration.ZERO);
        }
        if (status == 408 || (status >= 500 && status != 501)) {
            return failed(Reason.SERVER_ERROR, answer, retryAfter(answer));
        }
        if (status >= 300 && status < 400) {
            var what = "a redirect (HTTP " + status + "), which is never followed";
            return new FailedAttempt(Reason.MALFORMED, what, Duration.ZERO, null, answer.correlationId());
        }
        return null;
    }

    private static FailedAttempt failed(Reason reason, UpstreamResponse answer, Duration pause) {
        return FailedAttempt.of(reason, answer.errorCode(), pause, answer);
    }

    private Duration retryAfter(UpstreamResponse answer) {
        return RetryAfter.parse(answer.headers().getFirst(HttpHeaders.RETRY_AFTER), clock);
    }
}
