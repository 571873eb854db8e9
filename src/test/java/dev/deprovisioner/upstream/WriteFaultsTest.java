package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that changes something is never sent twice when the first one may have had its effect. */
class WriteFaultsTest extends StubbedUpstream {

    @ParameterizedTest
    @MethodSource
    void anUnclearAnswerIsUnknownAndNothingIsSentAgain(ResponseDefinitionBuilder answer) {
        answers(answer);

        assertThat(write()).isInstanceOf(WriteResult.Unknown.class);

        thingsAsked(1);
        assertThat(time.waits()).isEmpty();
    }

    static Stream<ResponseDefinitionBuilder> anUnclearAnswerIsUnknownAndNothingIsSentAgain() {
        return Stream.of(
                status(408),
                status(500),
                status(502),
                status(503).withHeader("Retry-After", "5"),
                status(504),
                ok("x".repeat(MAX_BYTES + 1)),
                status(302).withHeader("Location", "/elsewhere"),
                status(307).withHeader("Location", "/elsewhere"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 503})
    void anUnclearAnswerIsUnknownInTheProvidersWords(int status) {
        answers(status(status).withBody("{\"message\":\"Cannot remove the last member\"}"));

        assertThat(write())
                .isInstanceOfSatisfying(
                        WriteResult.Unknown.class,
                        unknown -> assertThat(unknown.problem().quote()).isEqualTo("Cannot remove the last member"));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionIsUnknownAndNothingIsSentAgain(Fault broken) {
        answers(aResponse().withFault(broken));

        assertThat(write()).isInstanceOf(WriteResult.Unknown.class);

        thingsAsked(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void neitherOnAConnectionThatWasUsedBefore(Fault broken) {
        answers(ok("fine"), aResponse().withFault(broken));
        read();

        assertThat(write()).isInstanceOf(WriteResult.Unknown.class);

        thingsAsked(2);
    }

    @Test
    void aDrippingAnswerIsUnknown() {
        answers(ok("x".repeat(500)).withChunkedDribbleDelay(50, 20_000));
        long began = System.nanoTime();

        assertThat(write(upstream(Duration.ofSeconds(1), 16, UNLIMITED))).isInstanceOf(WriteResult.Unknown.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        thingsAsked(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 400, 403, 404, 409, 410, 412, 422, 501})
    void everyOtherStatusIsTheProvidersDecision(int status) {
        answers(status(status));

        assertThat(write())
                .isInstanceOfSatisfying(
                        WriteResult.Answered.class,
                        answer -> assertThat(answer.response().status()).isEqualTo(status));
        thingsAsked(1);
    }

    @Test
    void aRequestThatWasNeverSentIsTriedAgain() {
        var unreachable = upstream("http://127.0.0.1:1", Duration.ofSeconds(5), 16, UNLIMITED, time);

        var fault = faultOf(() -> write(unreachable));

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        assertThat(time.waits()).isNotEmpty();
        thingsAsked(0);
    }
}
