package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.upstream.FailedAttempt.Reason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pauses stay within their bounds for each random number. */
class FullJitterTest {

    private static final UpstreamProperties.Retry LIMITS =
            new UpstreamProperties.Retry(10, Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final List<Long> pauses = new ArrayList<>();
    private final List<Long> pausesOfAll = new ArrayList<>();

    private void backOff(FailedAttempt failure, int times, long seed) {
        var policy = new InlineRetryPolicy(LIMITS, true);
        var tries = policy.open(null);
        var backOff = new FullJitter(
                LIMITS,
                new Random(seed),
                pauses::add,
                pause -> pausesOfAll.add(pause.toMillis()),
                new SimpleMeterRegistry());
        var started = backOff.start(tries);
        for (int i = 0; i < times; i++) {
            policy.registerThrowable(tries, failure);
            backOff.backOff(started);
        }
    }

    @Test
    void doublesItsBoundUpToTheLongestPause() {
        for (long seed = 0; seed < 200; seed++) {
            pauses.clear();
            backOff(new FailedAttempt(Reason.SERVER_ERROR, "HTTP 500"), 8, seed);
            for (int i = 0; i < pauses.size(); i++) {
                assertThat(pauses.get(i)).as("seed %s", seed).isBetween(0L, Math.min(1000L << i, 30_000L));
            }
        }
    }

    @Test
    void usesTheWholeRange() {
        for (long seed = 0; seed < 200; seed++) {
            backOff(new FailedAttempt(Reason.SERVER_ERROR, "HTTP 500"), 1, seed);
        }
        assertThat(pauses).anyMatch(pause -> pause < 100).anyMatch(pause -> pause > 900);
    }

    @Test
    void isNeverShorterThanTheProviderAsks() {
        for (long seed = 0; seed < 50; seed++) {
            backOff(new FailedAttempt(Reason.SERVER_ERROR, "HTTP 503", Duration.ofSeconds(12)), 3, seed);
        }
        assertThat(pauses).allMatch(pause -> pause >= 12_000);
    }

    @Test
    void doesNotWaitToTryANewToken() {
        backOff(new FailedAttempt(Reason.UNAUTHORIZED, "HTTP 401"), 1, 1);
        assertThat(pauses).containsExactly(0L);
    }

    @Test
    void backsOffForAllRequestsWhereThePauseIsOfUnknownLength() {
        for (long seed = 0; seed < 50; seed++) {
            backOff(new FailedAttempt(Reason.THROTTLED, "HTTP 429"), 1, seed);
        }
        assertThat(pauses).as("waited for by one request alone").isEmpty();
        assertThat(pausesOfAll).allMatch(pause -> pause <= 1000).anyMatch(pause -> pause > 900);
    }

    @Test
    void aPauseThatTheProviderNamesIsHeldByThePacingAlready() {
        backOff(new FailedAttempt(Reason.THROTTLED, "HTTP 429", Duration.ofSeconds(5)), 1, 1);
        assertThat(pauses).isEmpty();
        assertThat(pausesOfAll).containsExactly(0L);
    }
}
