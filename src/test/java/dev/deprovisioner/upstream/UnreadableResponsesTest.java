package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.problem.Fault.Recovery;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and tokens that nothing can be made of are faults like every other. */
class UnreadableResponsesTest extends StubbedUpstream {

    @Test
    void aDamagedEncodingIsMalformed() {
        answers(okJson("{}").withHeader("Content-Encoding", "gzip"));

        var fault = faultOfRead();

        assertThat(fault.problem().detail()).contains("gzip encoding is damaged");
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        thingsAsked(2);
    }

    @Test
    void anAnswerThatIsNestedTooDeeplyIsMalformed() {
        int depth = 100_000;
        answers(okJson("{\"id\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));

        var fault = faultOf(() -> upstream.read(
                UpstreamRequest.get("/things/{id}", Map.of("id", "1"), 3 * depth), UpstreamResponse::object));

        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY);
        thingsAsked(2);
    }

    @Test
    void anUnreadableContentTypeOfATokenIsNoToken() {
        givesTokens(ok("{}").withHeader("Content-Type", "nonsense"));

        assertThat(faultOfRead().recovery()).isEqualTo(Recovery.RETRY);
        thingsAsked(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", ""})
    void aTokenThatCannotBeSentIsNoToken(String token) {
        givesTokens(okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":3600}"));
        answers(ok("fine"));

        assertThat(faultOfRead().recovery()).isEqualTo(Recovery.RETRY);
        thingsAsked(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aDateInTheFarFutureIsALongPause(int status) {
        answers(status(status).withHeader("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"));

        var fault = faultOfRead();

        assertThat(fault.recovery()).isEqualTo(status == 429 ? Recovery.RETRY_UNCOUNTED : Recovery.RETRY);
        assertThat(fault.notBefore()).isGreaterThan(RETRY.maxDelay());
        thingsAsked(1);
    }
}
