package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** What headers say about the rest of a rate limit. */
class RateBudgetTest {

    private static Optional<RateBudget> of(String... namesAndValues) {
        var headers = new HttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return RateBudget.of(headers);
    }

    @Test
    void isReadInEachFamilyOfHeaders() {
        assertThat(List.of(
                        of("RateLimit-Limit", "100", "RateLimit-Remaining", "7", "RateLimit-Reset", "30"),
                        of("RateLimit", "\"default\";r=7;t=30"),
                        of("X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "7", "X-RateLimit-Reset", "1767225600"),
                        of("X-Rate-Limit-Limit", "100", "X-Rate-Limit-Remaining", "7")))
                .containsExactly(
                        Optional.of(new RateBudget(100L, 7, Duration.ofSeconds(30))),
                        Optional.of(new RateBudget(null, 7, Duration.ofSeconds(30))),
                        Optional.of(new RateBudget(100L, 7, null)),
                        Optional.of(new RateBudget(100L, 7, null)));
    }

    @Test
    void isThatOfTheTightestQuota() {
        assertThat(of("RateLimit", "\"minute\";r=50;t=30, \"day\";r=3;t=3600"))
                .contains(new RateBudget(null, 3, Duration.ofHours(1)));
    }

    @Test
    void isUnknownWithoutHeadersThatCanBeRead() {
        assertThat(of()).isEmpty();
        assertThat(of("X-RateLimit-Remaining", "many")).isEmpty();
    }
}
