package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads are harmless: what may pass is tried again, and what cannot be relied on is never made a value of. */
class ReadFaultsTest extends StubbedUpstream {

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504, 599})
    void triesAFailingProviderFourTimes(int status) {
        answers(status(status));

        var fault = faultOfRead();

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        thingsAsked(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"detail\":\"[LDAP: error code 65 - object class requires attribute 'member']\"}",
                "{\"error\":{\"message\":\"[LDAP: error code 65 - object class requires attribute 'member']\"}}",
                "[LDAP: error code 65 - object class requires attribute 'member']"
            })
    void saysInTheProvidersWordsWhyItFails(String body) {
        answers(status(500).withBody(body));

        var problem = faultOfRead().problem();

        assertThat(problem.quote()).isEqualTo("[LDAP: error code 65 - object class requires attribute 'member']");
        assertThat(problem.detail()).contains("HTTP 500").doesNotContain("LDAP");
    }

    @Test
    void aLongErrorIsCutAndNotRefused() {
        answers(status(400).withBody("{\"detail\":\"" + "x".repeat(250_000) + "\"}"));

        var error = upstream.read(UpstreamRequest.get("/things/{id}", Map.of("id", "1"), MAX_BYTES), answer -> answer);

        assertThat(error.body()).hasSize(64 * 1024);
        assertThat(error.errorWords()).startsWith("{\"detail\":\"xxx").hasSize(301);
    }

    @Test
    void waitsLongerBetweenLaterTriesAndNeverOverTheirBounds() {
        for (int run = 0; run < 20; run++) {
            time.forgetWaits();
            provider.resetScenarios();
            answers(status(500));
            var began = time.instant();

            faultOfRead();

            assertThat(time.waits()).allMatch(wait -> wait.compareTo(Duration.ofSeconds(4)) <= 0);
            assertThat(Duration.between(began, time.instant())).isLessThanOrEqualTo(Duration.ofSeconds(1 + 2 + 4));
        }
    }

    @Test
    void goesOnWhenTheProviderIsBack() {
        answers(status(502), status(408), ok("fine"));

        assertThat(read()).isEqualTo("fine");
        thingsAsked(3);
    }

    @Test
    void doesNotRepeatWhatIsNotImplemented() {
        answers(status(501));

        read();

        thingsAsked(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionIsNoAnswer(Fault broken) {
        answers(aResponse().withFault(broken));

        var fault = faultOfRead();

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        assertThat(time.waits()).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void goesOnAfterABrokenConnection(Fault broken) {
        answers(aResponse().withFault(broken), ok("fine"));

        assertThat(read()).isEqualTo("fine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "https://unknown.invalid"})
    void aRefusedConnectionOrAnUnknownNameIsTriedAgain(String baseUrl) {
        var unreachable = upstream(baseUrl, Duration.ofSeconds(5), 16, UNLIMITED, time);

        var fault = faultOf(() -> read(unreachable));

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        assertThat(fault.problem().detail()).contains("no connection");
        assertThat(time.waits()).hasSizeBetween(1, 3);
        thingsAsked(0);
    }

    @Test
    void aDrippingAnswerIsCutOffAtTheExchangesDeadline() {
        answers(ok("x".repeat(500)).withChunkedDribbleDelay(50, 20_000), ok("fine"));
        long began = System.nanoTime();

        assertThat(read(upstream(Duration.ofSeconds(1), 16, UNLIMITED))).isEqualTo("fine");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        thingsAsked(2);
    }

    @Test
    void aLateAnswerIsCutOffAtTheExchangesDeadline() {
        answers(ok("late").withFixedDelay(20_000), ok("fine"));
        long began = System.nanoTime();

        assertThat(read(upstream(Duration.ofSeconds(1), 16, UNLIMITED))).isEqualTo("fine");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void anAnswerOfTheGreatestSizeIsTaken() {
        answers(ok("x".repeat(MAX_BYTES)));

        assertThat(read()).hasSize(MAX_BYTES);
    }

    @ParameterizedTest
    @MethodSource
    void anAnswerThatCannotBeReliedOnIsAskedForTwice(ResponseDefinitionBuilder answer) {
        answers(answer);

        var fault = faultOf(this::readObject);

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_INVALID_RESPONSE);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        thingsAsked(2);
    }

    static Stream<ResponseDefinitionBuilder> anAnswerThatCannotBeReliedOnIsAskedForTwice() {
        return Stream.of(
                okJson("{\"text\":\"" + "x".repeat(MAX_BYTES) + "\"}"),
                okJson(""),
                okJson("{\"id\":\"1\""),
                okJson("{\"id\":\"1\"} {\"id\":\"2\"}"),
                okJson("[]"),
                okJson("null"),
                ok("<html>Sign in</html>").withHeader("Content-Type", "text/html"),
                ok("default backend - 404").withHeader("Content-Type", "text/plain"),
                status(301).withHeader("Location", "/elsewhere"),
                status(302).withHeader("Location", "/elsewhere"),
                status(307).withHeader("Location", "/elsewhere"),
                status(304));
    }

    @Test
    void aRedirectIsNotFollowed() {
        answers(status(307).withHeader("Location", "/elsewhere"));

        faultOfRead();

        provider.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
        provider.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void anInterruptedRequestSpendsNoAttempt() {
        answers(ok("fine"));
        Thread.currentThread().interrupt();

        var fault = faultOfRead();

        assertThat(Thread.interrupted())
                .as("this thread has still to save the run")
                .isFalse();
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        thingsAsked(0);
    }

    private void readObject() {
        upstream.read(UpstreamRequest.get("/things/{id}", Map.of("id", "1"), MAX_BYTES), UpstreamResponse::object);
    }
}
