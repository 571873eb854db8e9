package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.upstream.FailedAttempt.Reason;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A fault and the log have the id by which the provider's support finds the request. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class CorrelatedFaultsTest extends StubbedUpstream {

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 429, 503})
    void ofAnAnswerThatIsNothingToWorkWith(int status) {
        answers(status(status).withHeader("ININ-Correlation-Id", "id-1"));

        assertThat(faultOfRead().problem().correlationId()).isEqualTo("id-1");
    }

    @Test
    void ofAnAnswerThatCannotBeRead() {
        answers(okJson("{").withHeader("x-amzn-RequestId", "id-1"));

        var request = UpstreamRequest.get("/things/{id}", Map.of("id", "1"), MAX_BYTES);
        var fault = faultOf(() -> upstream.read(request, UpstreamResponse::object));

        assertThat(fault.problem().correlationId()).isEqualTo("id-1");
    }

    @Test
    void ofAChangeWithAnUnknownEffect() {
        answers(jsonResponse("{\"contextId\":\"id-2\"}", 500));

        assertThat(write())
                .isInstanceOfSatisfying(
                        WriteResult.Unknown.class,
                        unknown -> assertThat(unknown.problem().correlationId()).isEqualTo("id-2"));
    }

    @Test
    void ofTheTokenEndpoint() {
        givesTokens(jsonResponse("{\"error\":\"invalid_client\"}", 400).withHeader("request-id", "id-3"));

        assertThat(faultOfRead().problem().correlationId()).isEqualTo("id-3");
    }

    @Test
    void isInTheLogLineOfTheAttempt(CapturedOutput log) {
        answers(status(503).withHeader("x-amzn-RequestId", "id-4"));

        faultOfRead();

        assertThat(log).contains("Provider answered: HTTP 503, correlation id id-4");
    }

    @Test
    void isNoneThatRepeatsOurToken(CapturedOutput log) {
        givesTokens(token("s3cr3t-token", 3600));
        answers(status(503).withHeader("x-request-id", "s3cr3t-token"));

        assertThat(faultOfRead().problem().correlationId()).isNull();
        assertThat(log).contains("correlation id none").doesNotContain("s3cr3t-token");
    }

    @Test
    void isWithoutOurTokenFromAnyHeader() {
        givesTokens(token("s3cr3t-token", 3600));
        answers(okJson("{").withHeader("Content-Type", "text/s3cr3t-token"));

        var request = UpstreamRequest.get("/things/{id}", Map.of("id", "1"), MAX_BYTES);
        var fault = faultOf(() -> upstream.read(request, UpstreamResponse::object));

        assertThat(fault.problem().detail())
                .contains("HTTP 200, no content type")
                .doesNotContain("s3cr3t-token");
    }

    @Test
    void isNoneThatRepeatsOurSecret() {
        var failure = new FailedAttempt(Reason.TOKEN_REFUSED, "HTTP 400", Duration.ZERO, null, "my-secret-1");

        assertThat(failure.redacted(text -> text.replace("secret", "***")).correlationId())
                .isNull();
        assertThat(failure.redacted(text -> text.replace("other", "***")).correlationId())
                .isEqualTo("my-secret-1");
        assertThat(failure.redacted(text -> text)
                        .notBefore(Duration.ofSeconds(1))
                        .correlationId())
                .isEqualTo("my-secret-1");
    }
}
