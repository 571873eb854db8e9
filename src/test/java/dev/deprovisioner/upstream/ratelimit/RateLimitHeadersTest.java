package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.Seed;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.Pause;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RateCap;
import dev.deprovisioner.upstream.ratelimit.ThrottleSignal.RemainingQuota;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** What is made of what answers say about the provider's rate limit. */
class RateLimitHeadersTest {

    private static List<ThrottleSignal> throttle(String... namesAndValues) {
        var headers = new HttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return RateLimitHeaders.signals(headers);
    }

    private static RemainingQuota left(int requests, int seconds) {
        return new RemainingQuota(requests, Duration.ofSeconds(seconds));
    }

    private static RateCap policy(int requests, int seconds) {
        return RateCap.policy(requests, Duration.ofSeconds(seconds));
    }

    @Test
    void readsTheFormOfGenesysCloud() {
        assertThat(throttle(
                        "inin-ratelimit-count", "280", "inin-ratelimit-allowed", "300", "inin-ratelimit-reset", "10"))
                .containsExactly(left(20, 10));
        assertThat(throttle(
                        "ININ-RateLimit-Count", "301", "ININ-RateLimit-Allowed", "300", "ININ-RateLimit-Reset", "7"))
                .containsExactly(left(0, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"default\";r=50;t=30",
                "\"default\" ; r=50; t=30",
                "default;r=50;t=30",
                "\"a, b;c\";pk=:dGVzdA==:;t=30;r=50",
                "limit=100, remaining=50, reset=30",
                "remaining=50, reset=30"
            })
    void readsWhatIsLeft(String field) {
        assertThat(throttle("RateLimit", field)).containsExactly(left(50, 30));
    }

    @Test
    void readsEachItemOfEachLine() {
        assertThat(throttle("RateLimit", "\"a\";r=50;t=30, \"b\";r=0;t=5", "RateLimit", "\"c\";r=9;t=1"))
                .containsExactly(left(50, 30), left(0, 5), left(9, 1));
    }

    @Test
    void readsWhatIsLeftInTheOldForm() {
        assertThat(throttle("RateLimit-Limit", "100", "RateLimit-Remaining", "0", "RateLimit-Reset", "12"))
                .containsExactly(left(0, 12));
    }

    @Test
    void readsPolicies() {
        assertThat(throttle("RateLimit-Policy", "\"burst\";q=100;w=60,\"daily\";q=1000;w=86400;qu=\"requests\""))
                .containsExactly(policy(100, 60), policy(1000, 86400));
        assertThat(throttle("RateLimit-Policy", "10;w=1, 50;w=60;comment=\"a, b\""))
                .containsExactly(policy(10, 1), policy(50, 60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "\"default\"",
                "\"default\";r=50",
                "\"default\";r=-1;t=30",
                "\"default\";r=1.5;t=30",
                "\"default\";r=0;t=0",
                "\"default\";r=0;t=86401",
                "\"default\";r=0;t=9999999999999999999999",
                "\"default\";r=0;t=30,",
                "\"default;r=0;t=30",
                "\"default\";r=0;t=30 nonsense",
                "\"default\";r=0;t=30, (\"inner\" \"list\");r=0;t=30",
                "remaining=0; reset=30",
                "remaining=0, reset=-30",
                ";;;,,,===",
            })
    void passesOverWhatIsNotOfTheForm(String field) {
        assertThat(throttle("RateLimit", field)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0;w=60", "\"a\";q=0;w=60", "\"a\";q=10", "\"a\";q=1000;w=60;qu=\"content-bytes\"", "100", "w=60"
            })
    void passesOverPoliciesThatSayNoRate(String field) {
        assertThat(throttle("RateLimit-Policy", field)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-1,300,5",
        "1,,5",
        "x,300,5",
        "301,300,",
        "301,300,-5",
        "301,300,99999999999",
        "301,300,5.5",
        "301,300,0"
    })
    void passesOverWhatGenesysCloudWouldNotSay(String count, String allowed, String reset) {
        assertThat(throttle(
                        "inin-ratelimit-count", count == null ? "" : count,
                        "inin-ratelimit-allowed", allowed == null ? "" : allowed,
                        "inin-ratelimit-reset", reset == null ? "" : reset))
                .isEmpty();
    }

    @Test
    void isNeitherStoppedNorMisledByRandomText() {
        long seed = Seed.of("seed");
        var random = new Random(seed);
        var alphabet = "\"\\;,=:()?@ \tqrtw0123456789abc.-*é\u0000";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(60), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            assertThat(throttle("RateLimit", text.toString(), "RateLimit-Policy", text.toString()))
                    .as("seed %d, text %s", seed, text)
                    .allSatisfy(
                            brake -> assertThat(length(brake)).isBetween(Duration.ofSeconds(1), Duration.ofDays(1)));
        }
        assertThat(throttle("RateLimit", "\"a\";r=0;t=5,".repeat(100_000))).isEmpty();
    }

    private static Duration length(ThrottleSignal brake) {
        return switch (brake) {
            case Pause(var length) -> length;
            case RateCap slow -> slow.period();
            case RemainingQuota left -> left.reset();
        };
    }
}
