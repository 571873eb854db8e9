package dev.deprovisioner.upstream;

import dev.deprovisioner.http.RetryAfter;
import dev.deprovisioner.upstream.ratelimit.RateLimitHeaders;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** Whether an answer only asks us to send less, and for how long. */
final class Throttling {

    /** As Google names it, in lower case. */
    private static final Set<String> QUOTA_REASONS = Set.of(
            "ratelimitexceeded", "userratelimitexceeded", "quotaexceeded", "resource_exhausted", "rate_limit_exceeded");

    /** As GitHub words it, in lower case. */
    private static final Set<String> QUOTA_PHRASES = Set.of("secondary rate limit", "rate limit exceeded");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
    /** A greater value is a moment, and not a number of seconds from now. */
    private static final long EPOCH = 1_000_000_000L;
    /** A greater value counts milliseconds: as seconds it would be thousands of years ahead. */
    private static final long EPOCH_MILLIS = 100_000_000_000L;

    private Throttling() {}

    /** 429, and a 403 that says the same by a header or a reason. */
    static boolean isAskedBy(UpstreamResponse answer) {
        return answer.status() == 429
                || (answer.status() == 403
                        && (hasRetryAfter(answer.headers())
                                || isExhausted(answer.headers())
                                || answer.speaksOf(QUOTA_REASONS, QUOTA_PHRASES)));
    }

    private static boolean hasRetryAfter(HttpHeaders headers) {
        var value = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return value != null && !value.isBlank();
    }

    private static boolean isExhausted(HttpHeaders headers) {
        return exhausted(headers).findAny().isPresent()
                || headers.headerNames().stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).endsWith("-remaining"))
                        .anyMatch(name -> values(headers, name).anyMatch("0"::equals));
    }

    /** The pause that the provider names, zero if it names none. */
    static Duration pause(HttpHeaders headers, InstantSource clock) {
        var pause = RetryAfter.parse(headers.getFirst(HttpHeaders.RETRY_AFTER), clock);
        return pause.isPositive()
                ? pause
                : Stream.concat(resets(headers, clock.instant()), exhausted(headers))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
    }

    private static Stream<Duration> exhausted(HttpHeaders headers) {
        return RateLimitHeaders.signals(headers).stream()
                .filter(signal -> signal instanceof RemainingQuota left && left.requests() == 0)
                .map(signal -> ((RemainingQuota) signal).reset());
    }

    private static Stream<Duration> resets(HttpHeaders headers, Instant now) {
        return Stream.of("X-Rate-Limit-Reset", "X-RateLimit-Reset")
                .flatMap(name -> values(headers, name))
                .filter(NUMBER.asMatchPredicate())
                .map(value -> reset(Double.parseDouble(value), now));
    }

    private static Duration reset(double value, Instant now) {
        if (value <= EPOCH) {
            return RetryAfter.until(now.plusMillis((long) (value * 1000)), now);
        }
        return RetryAfter.until(Instant.ofEpochMilli((long) (value > EPOCH_MILLIS ? value : value * 1000)), now);
    }

    /** Of a header that may be there twice, in two lines or in one. */
    private static Stream<String> values(HttpHeaders headers, String name) {
        return headers.getOrEmpty(name).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip);
    }
}
