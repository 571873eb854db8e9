package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The rest of the provider's rate limit, to be shown. {@link ThrottleSignal} is what the rate limiter acts on.
 *
 * @param limit how many requests the whole window takes; null if it is not known
 * @param remaining how many requests are left
 * @param reset when the window ends, from now; null if it is not known
 */
public record RateBudget(
        @Nullable Long limit, long remaining, @Nullable Duration reset) {

    /** Of the quota that has the fewest requests left; empty if the headers name none. */
    static Optional<RateBudget> of(HttpHeaders headers) {
        return RateLimitHeaders.signals(headers).stream()
                .flatMap(signal -> signal instanceof RemainingQuota left ? Stream.of(left) : Stream.empty())
                .min(Comparator.comparingLong(RemainingQuota::requests))
                .map(left -> new RateBudget(limit(headers, left.requests()), left.requests(), left.reset()))
                .or(() -> withoutReset(headers));
    }

    /** The moment in the headers of this family has several forms, so it is left out. */
    private static Optional<RateBudget> withoutReset(HttpHeaders headers) {
        return numbers(headers, "X-RateLimit-Remaining", "X-Rate-Limit-Remaining")
                .map(left -> new RateBudget(limit(headers, left), left, null))
                .findFirst();
    }

    private static @Nullable Long limit(HttpHeaders headers, long left) {
        return numbers(headers, "inin-ratelimit-allowed", "RateLimit-Limit", "X-RateLimit-Limit", "X-Rate-Limit-Limit")
                .filter(limit -> limit >= left)
                .findFirst()
                .orElse(null);
    }

    private static Stream<Long> numbers(HttpHeaders headers, String... names) {
        return Stream.of(names)
                .map(name -> RateLimitHeaders.number(headers, name))
                .filter(Objects::nonNull);
    }
}
