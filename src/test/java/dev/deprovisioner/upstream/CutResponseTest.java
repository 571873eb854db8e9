package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A read that takes the beginning of an answer that is too long. */
class CutResponseTest extends StubbedUpstream {

    private UpstreamResponse answer(ResponseDefinitionBuilder answer) {
        answers(answer);
        return upstream.read(UpstreamRequest.getBeginning("/things/{id}", Map.of("id", "1"), MAX_BYTES), it -> it);
    }

    @Test
    void isWholeUpToTheBound() {
        var answer = answer(ok("x".repeat(MAX_BYTES)));

        assertThat(answer.isCut()).isFalse();
        assertThat(answer.body()).hasSize(MAX_BYTES);
    }

    @Test
    void endsBeforeACharacterThatIsCut() {
        var answer =
                answer(ok("x".repeat(MAX_BYTES) + "\u00fc").withHeader("Content-Type", "text/plain;charset=latin1"));

        assertThat(answer.isCut()).isTrue();
        assertThat(answer.body()).hasSize(MAX_BYTES);
        thingsAsked(1);
    }

    @Test
    void saysOfAnErrorWhatOthersSay() {
        var answer = answer(status(400).withBody("x".repeat(100_000)));

        assertThat(answer.isCut()).isFalse();
        assertThat(answer.body()).hasSize(64 * 1024);
    }
}
