package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** Which answers ask for a pause, and for how long. */
class ThrottlingHeadersTest {

    private final SteppedTime time = new SteppedTime();

    private static HttpHeaders headers(String... namesAndValues) {
        var headers = new HttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static boolean isAskedBy403(HttpHeaders headers, String body) {
        return Throttling.isAskedBy(new UpstreamResponse(403, headers, body, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "Retry-After, 5",
        "X-Rate-Limit-Remaining, 0",
        "x-ratelimit-remaining, 0",
        "RateLimit-Remaining, 0",
        "X-Rate-Limit-Remaining, '10, 0'"
    })
    void a403WithSuchAHeaderAsksForAPause(String name, String value) {
        assertThat(isAskedBy403(headers(name, value), "")).isTrue();
    }

    @Test
    void a403WithAnExhaustedLimitInAnotherFormAsksForAPause() {
        assertThat(isAskedBy403(headers("RateLimit", "\"default\";r=0;t=30"), ""))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":403,\"errors\":[{\"reason\":\"rateLimitExceeded\"}]}}",
                "{\"error\":{\"code\":403,\"errors\":[{\"domain\":\"usageLimits\",\"reason\":\"userRateLimitExceeded\"}]}}",
                "{\"error\":{\"errors\":[{\"reason\":\"other\"},{\"reason\":\"quotaExceeded\"}]}}",
                "{\"error\":{\"code\":403,\"message\":\"Quota\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
                "{\"error\":{\"details\":[{\"reason\":\"RATE_LIMIT_EXCEEDED\"}]}}",
                "{\"code\":\"quotaExceeded\"}",
                "{\"message\":\"You have exceeded a secondary rate limit. Please wait.\"}",
                "You have exceeded a Secondary Rate Limit"
            })
    void a403WithSuchAReasonAsksForAPause(String body) {
        assertThat(isAskedBy403(headers(), body)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"detail\":\"The client lacks scim:group:write\"}",
                "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"errors\":[{\"reason\":\"forbidden\"}]}}",
                "<html>Forbidden</html>"
            })
    void another403DoesNot(String body) {
        var headers = headers("X-Rate-Limit-Remaining", "10", "X-Rate-Limit-Reset", "30", "Retry-After", " ");

        assertThat(isAskedBy403(headers, body)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "30                     | none       | 30000",
                "1.5                    | none       | 1500",
                "0                      | none       | 0",
                "-1                     | none       | 0",
                "soon                   | none       | 0",
                "1772323230             | none       | 30000",
                "1772323230.5           | none       | 30500",
                "1772323230000          | none       | 30000",
                "1772323170             | none       | 0",
                "1772323230, 1772323260 | none       | 60000",
                "1772323230             | 1772323210 | 30000",
                "1000000000             | none       | 31536000000",
                "99999999999999999999   | none       | 0",
            })
    void readsWhenTheLimitIsReset(String value, String again, long millis) {
        var headers = again == null
                ? headers("X-Rate-Limit-Reset", value)
                : headers("x-ratelimit-reset", value, "x-ratelimit-reset", again);

        assertThat(Throttling.pause(headers, time)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void retryAfterOutranksTheReset() {
        assertThat(Throttling.pause(headers("Retry-After", "5", "X-Rate-Limit-Reset", "30"), time))
                .hasSeconds(5);
        assertThat(Throttling.pause(headers("Retry-After", "0", "X-Rate-Limit-Reset", "30"), time))
                .hasSeconds(30);
    }

    @Test
    void anExhaustedLimitIsWaitedFor() {
        assertThat(Throttling.pause(headers("RateLimit", "\"a\";r=0;t=12, \"b\";r=9;t=60"), time))
                .hasSeconds(12);
    }
}
