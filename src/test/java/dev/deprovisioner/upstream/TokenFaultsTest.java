package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import dev.deprovisioner.upstream.ratelimit.RateLimit;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One access token for everybody, and what is done when there is none or it is refused. */
class TokenFaultsTest extends StubbedUpstream {

    @Test
    void asksForATokenWithTheFormThatIsDocumented() {
        answers(ok("fine"));

        read();

        provider.verify(
                1,
                postRequestedFor(urlEqualTo("/oauth/token"))
                        .withBasicAuth(new BasicCredentials("client", "secret"))
                        .withHeader("Content-Type", matching("application/x-www-form-urlencoded.*"))
                        .withHeader("Accept", matching("application/json.*"))
                        .withHeader("User-Agent", equalTo("scim-deprovisioner/1.2.3"))
                        .withFormParam("grant_type", equalTo("client_credentials"))
                        .withFormParam("scope", equalTo("scim:group:read scim:group:write scim:group:delete")));
        provider.verify(
                1,
                getRequestedFor(urlEqualTo(THING))
                        .withHeader("Authorization", equalTo("Bearer t1"))
                        .withHeader("Accept", equalTo("application/scim+json, application/json;q=0.9, */*;q=0.1"))
                        .withHeader("User-Agent", equalTo("scim-deprovisioner/1.2.3")));
        nothingElseAsked(2);
    }

    @Test
    void requestsAtTheSameMomentShareOneToken() {
        givesTokens(token("t1", 3600).withFixedDelay(200), token("t2", 3600));
        answers(ok("fine"));

        readAtOnce(10);

        tokensAsked(1);
        provider.verify(10, getRequestedFor(urlEqualTo(THING)).withHeader("Authorization", equalTo("Bearer t1")));
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 3600, 86400})
    void renewsATokenFiveMinutesBeforeItExpires(int life) {
        givesTokens(token("t1", life), token("t2", life));

        renewedAfter(Duration.ofSeconds(life).minusMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 60, 598})
    void renewsAShortTokenAtHalfItsLife(int life) {
        givesTokens(token("t1", life), token("t2", life));

        renewedAfter(Duration.ofSeconds(life).dividedBy(2));
    }

    private void renewedAfter(Duration usable) {
        answers(ok("fine"));
        read();

        time.step(usable.minusMillis(1));
        read();
        tokensAsked(1);

        time.step(Duration.ofMillis(1));
        read();
        tokensAsked(2);
    }

    @Test
    void dropsARefusedTokenAndTriesOnceMore() {
        answers(unauthorized(), ok("fine"));

        assertThat(read()).isEqualTo("fine");

        provider.verify(1, getRequestedFor(urlEqualTo(THING)).withHeader("Authorization", equalTo("Bearer t1")));
        provider.verify(1, getRequestedFor(urlEqualTo(THING)).withHeader("Authorization", equalTo("Bearer t2")));
        tokensAsked(2);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void sendsARefusedWriteAgainWithANewToken() {
        answers(unauthorized(), status(204));

        assertThat(write()).isInstanceOf(WriteResult.Answered.class);

        thingsAsked(2);
        tokensAsked(2);
    }

    @Test
    void givesUpWhenANewTokenIsRefusedToo() {
        answers(unauthorized());

        var fault = faultOfRead();

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAUTHORIZED);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_ONCE);
        assertThat(fault.problem().remedy()).contains("client-id", "client-secret", "scope");
        thingsAsked(2);
        tokensAsked(2);
    }

    @Test
    void manyRefusalsOfOneTokenFetchOneNewToken() {
        provider.stubFor(any(urlEqualTo(THING))
                .withHeader("Authorization", equalTo("Bearer t1"))
                .willReturn(unauthorized().withFixedDelay(100)));
        provider.stubFor(any(urlEqualTo(THING))
                .withHeader("Authorization", equalTo("Bearer t2"))
                .willReturn(ok("fine")));

        readAtOnce(8);

        tokensAsked(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void refusedCredentialsAreNotTriedAgain(int status) {
        givesTokens(status(status));

        var fault = faultOfRead();

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAUTHORIZED);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_ONCE);
        nothingElseAsked(1);
    }

    @ParameterizedTest
    @MethodSource
    void withoutATokenNothingIsSent(ResponseDefinitionBuilder answer) {
        givesTokens(answer);

        var fault = faultOf(this::write);

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        tokensAsked(4);
        nothingElseAsked(4);
        assertThat(time.waits()).hasSizeLessThanOrEqualTo(3);
    }

    static Stream<ResponseDefinitionBuilder> withoutATokenNothingIsSent() {
        return Stream.of(
                status(500),
                status(503),
                okJson("{}"),
                okJson("{\"access_token\":\"t1\""),
                okJson("{\"access_token\":\"" + "t".repeat(70_000) + "\",\"token_type\":\"bearer\"}"),
                ok("<html>Sign in</html>").withHeader("Content-Type", "text/html"));
    }

    @ParameterizedTest
    @MethodSource
    void aRefusalQuotesTheTokenEndpoint(ResponseDefinitionBuilder answer) {
        givesTokens(answer);

        var fault = faultOfRead();

        assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAUTHORIZED);
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_ONCE);
        assertThat(fault.problem().detail()).contains("invalid_client");
        assertThat(fault.problem().quote()).isEqualTo("No such client");
        nothingElseAsked(1);
    }

    static Stream<ResponseDefinitionBuilder> aRefusalQuotesTheTokenEndpoint() {
        var body = "{\"error\":\"invalid_client\",\"error_description\":\"No such client\"}";
        return Stream.of(
                okJson(body),
                ok(body).withHeader("Content-Type", "text/html"),
                status(400).withBody(body),
                unauthorized().withBody(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"t1\",\"token_type\":\"bearer\"}",
                "{\"access_token\":\"t1\",\"expires_in\":0}",
                "{\"access_token\":\"t1\",\"expires_in\":-3600}"
            })
    void aTokenWithoutALifetimeIsUsedForMostOfAnHour(String token) {
        givesTokens(okJson(token));
        answers(ok("fine"));

        for (int i = 0; i < 60; i++) {
            read();
            time.step(Duration.ofSeconds(54));
        }
        tokensAsked(1);
        time.step(Duration.ofMinutes(5));
        read();
        tokensAsked(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775", "9223372036854775807", "99999999999999999999"})
    void aTokenThatNeverEndsIsUsed(String life) {
        givesTokens(okJson("{\"access_token\":\"t1\",\"token_type\":\"bearer\",\"expires_in\":" + life + "}"));
        answers(ok("fine"));

        read();
        time.step(Duration.ofDays(300));
        read();

        tokensAsked(1);
    }

    @Test
    void aFailureIsSharedForFiveSeconds() {
        givesTokens(status(400), token("t1", 3600));
        answers(ok("fine"));
        faultOfRead();

        time.step(Duration.ofSeconds(3));
        assertThat(faultOfRead()).satisfies(shared -> {
            assertThat(shared.notBefore()).hasSeconds(2);
            assertThat(shared.askedPause()).isZero();
        });
        tokensAsked(1);

        time.step(Duration.ofSeconds(2));
        assertThat(read()).isEqualTo("fine");
        tokensAsked(2);
    }

    @Test
    void aFailureIsSharedByAllThatWaitForTheToken() throws Exception {
        givesTokens(status(400).withFixedDelay(300), token("t1", 3600));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var faults = IntStream.range(0, 10)
                    .mapToObj(i -> threads.submit(this::faultOfRead))
                    .toList();
            for (var fault : faults) {
                assertThat(fault.get().recovery()).isEqualTo(Recovery.RETRY_ONCE);
            }
        }
        nothingElseAsked(1);
    }

    @Test
    void aTokenThatEndsSoonerThanAPermitComesIsSentAllTheSame() {
        givesTokens(token("t1", 10));
        answers(ok("fine"));
        var slow = upstream(Duration.ofSeconds(10), 16, new RateLimit(4, Duration.ofMinutes(1), 1));

        assertThat(read(slow)).isEqualTo("fine");
        assertThat(time.waits()).isNotEmpty();
    }

    @Test
    void aLongRefusalIsARefusal() {
        givesTokens(status(401).withBody("x".repeat(70_000)));

        assertThat(faultOfRead().problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAUTHORIZED);
    }

    @Test
    void aRequestThatWaitsForATokenHoldsNoPlace() throws Exception {
        answers(ok("slow").withFixedDelay(1500));
        givesTokens(token("t1", 3600), token("t2", 3600).withFixedDelay(1000));
        var oneAtATime = upstream(Duration.ofSeconds(10), 1, UNLIMITED);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> read(oneAtATime));
            await().until(() -> asked(THING) == 1);
            time.step(Duration.ofHours(1));
            var second = threads.submit(() -> read(oneAtATime));

            await().until(() -> asked("/oauth/token") == 2);

            assertThat(first.isDone()).as("its place is still taken").isFalse();
            assertThat(second.get()).isEqualTo("slow");
        }
    }

    private static int asked(String path) {
        return provider.countRequestsMatching(anyRequestedFor(urlEqualTo(path)).build())
                .getCount();
    }

    @Test
    void aTokenIsFetchedOnceTheEndpointIsBack() {
        givesTokens(status(503), status(503), token("t1", 3600));
        answers(ok("fine"));

        assertThat(read()).isEqualTo("fine");

        tokensAsked(3);
        thingsAsked(1);
    }

    @Test
    void theTokenEndpointsRetryAfterIsHonoured() {
        givesTokens(status(503).withHeader("Retry-After", "12"), token("t1", 3600));
        answers(ok("fine"));

        read();

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(12));
    }

    @Test
    void credentialsAreNotTakenToWhereTheTokenEndpointRedirects() {
        givesTokens(temporaryRedirect("/elsewhere"));

        faultOfRead();

        provider.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
        provider.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void aDrippingTokenAnswerIsCutOff() {
        givesTokens(token("t1", 3600).withChunkedDribbleDelay(20, 10_000), token("t2", 3600));
        answers(ok("fine"));

        assertThat(read(upstream(Duration.ofSeconds(1), 16, UNLIMITED))).isEqualTo("fine");

        provider.verify(1, getRequestedFor(urlEqualTo(THING)).withHeader("Authorization", equalTo("Bearer t2")));
    }

    private void readAtOnce(int times) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(() -> read()))
                    .toList();
            assertThat(reads).extracting(Future::get).containsOnly("fine");
        }
    }

    @Test
    void aThrottledTokenEndpointPausesEverybody() {
        givesTokens(status(429).withHeader("Retry-After", "60"));

        assertThat(faultOfRead().recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        givesTokens(okJson("{\"access_token\":\"t1\",\"token_type\":\"bearer\",\"expires_in\":3600}"));

        assertThat(faultOfRead().notBefore()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(60));
        thingsAsked(0);
    }
}
