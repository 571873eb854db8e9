package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is waited for when the provider says that it is too much. */
class ThrottlingTest extends StubbedUpstream {

    private static ResponseDefinitionBuilder throttled(String retryAfter) {
        return status(429).withHeader("Retry-After", retryAfter);
    }

    @Test
    void waitsAsManySecondsAsItIsAskedTo() {
        answers(throttled("7"), ok("fine"));

        assertThat(read()).isEqualTo("fine");

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(7));
        thingsAsked(2);
    }

    @Test
    void waitsUntilTheDateThatItIsGiven() {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                time.instant().plusSeconds(9).atOffset(ZoneOffset.UTC));
        answers(throttled(date), ok("fine"));

        read();

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "soon", "Sun, 01 Mar 2020 00:00:00 GMT"})
    void backsOffByItselfWithoutAUsableRetryAfter(String retryAfter) {
        answers(throttled(retryAfter), throttled(retryAfter), throttled(retryAfter), ok("fine"));

        read();

        thingsAsked(4);
        var bound = Duration.ofSeconds(1 + 2 + 4);
        assertThat(time.waits().stream().reduce(Duration.ZERO, Duration::plus)).isLessThanOrEqualTo(bound);
        assertThat(time.waits()).hasSizeBetween(1, 3);
    }

    @ParameterizedTest
    @MethodSource
    void anAnswerThatMeansTheSameIsWaitedForAsLong(ResponseDefinitionBuilder answer) {
        answers(answer, status(204));

        assertThat(write()).isInstanceOf(WriteResult.Answered.class);

        assertThat(time.waits()).containsExactly(Duration.ofMillis(4500));
        thingsAsked(2);
    }

    static Stream<ResponseDefinitionBuilder> anAnswerThatMeansTheSameIsWaitedForAsLong() {
        return Stream.of(
                throttled("4.5"),
                status(403).withHeader("Retry-After", "4.5").withBody("""
                        {"error":{"code":403,"errors":[{"reason":"rateLimitExceeded"}]}}"""),
                status(403).withHeader("x-ratelimit-remaining", "0").withHeader("x-ratelimit-reset", "4.5"),
                status(429)
                        .withHeader("X-Rate-Limit-Remaining", "0")
                        .withHeader("X-Rate-Limit-Reset", "1772323204.5", "1772323201"));
    }

    @Test
    void another403IsTheProvidersDecision() {
        answers(status(403));

        assertThat(write()).isInstanceOf(WriteResult.Answered.class);
        thingsAsked(1);
    }

    @Test
    void aPauseUntilAResetHoldsAllRequests() {
        answers(status(429).withHeader("X-Rate-Limit-Reset", "1772323240"), ok("fine"));
        faultOfRead();

        var fault = faultOfRead();

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        assertThat(fault.notBefore()).hasSeconds(40);
        thingsAsked(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void withoutAnyHeaderARequestIsTriedFourTimes(int status) {
        answers(status(status).withBody("You have exceeded a secondary rate limit"));

        var fault = faultOfRead();

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        assertThat(fault.problem().quote()).isEqualTo("You have exceeded a secondary rate limit");
        thingsAsked(4);
    }

    @Test
    void beingThrottledCostsNoTry() {
        answers(
                throttled("1"),
                throttled("1"),
                throttled("1"),
                throttled("1"),
                throttled("1"),
                status(503),
                status(503),
                status(503),
                ok("fine"));

        assertThat(read()).isEqualTo("fine");
        thingsAsked(9);
    }

    @Test
    void doesNotHoldAWorkerForever() {
        answers(throttled("30"));

        var fault = faultOfRead();

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        assertThat(time.waits()).hasSizeBetween(3, 5).containsOnly(Duration.ofSeconds(30));
    }

    @Test
    void aLongPauseIsNotWaitedForHere() {
        answers(throttled("31"), ok("fine"));

        var fault = faultOfRead();

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        assertThat(fault.notBefore()).isEqualTo(Duration.ofSeconds(31));
        thingsAsked(1);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void nothingIsSentDuringALongPause() {
        answers(throttled("3600"), ok("fine"));
        faultOfRead();

        time.step(Duration.ofMinutes(59));
        var fault = faultOf(this::write);

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        assertThat(fault.notBefore()).isEqualTo(Duration.ofMinutes(1));
        thingsAsked(1);
    }

    @Test
    void aRequestDuringTheRestOfAPauseWaitsForItsEnd() {
        answers(throttled("40"), ok("fine"));
        faultOfRead();

        time.step(Duration.ofSeconds(25));
        read();

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(15));
        thingsAsked(2);
    }

    @Test
    void aChangeDoesNotGrowOldInAPause() {
        answers(throttled("40"), ok("fine"));
        faultOfRead();

        time.step(Duration.ofSeconds(25));
        var fault = faultOf(this::write);

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        assertThat(fault.notBefore()).isEqualTo(Duration.ofSeconds(15));
        thingsAsked(1);
    }

    @Test
    void aThrottledWriteHadNoEffectAndIsSentAgain() {
        answers(throttled("2"), status(204));

        assertThat(write()).isInstanceOf(WriteResult.Answered.class);

        thingsAsked(2);
        assertThat(time.waits()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void aServerErrorsRetryAfterIsTheLeastThatIsWaited() {
        answers(status(503).withHeader("Retry-After", "12"), ok("fine"));

        read();

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(12));
    }

    @Test
    void aServerErrorsLongPauseIsNotWaitedForHere() {
        answers(status(503).withHeader("Retry-After", "31"), ok("fine"));

        var fault = faultOfRead();

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        assertThat(fault.notBefore()).isEqualTo(Duration.ofSeconds(31));
        thingsAsked(1);
    }
}
