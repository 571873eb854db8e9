package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A probe is about the status: it is answered by a body of any length. */
class ProbeTest extends StubbedUpstream {

    private int probed() {
        return upstream.read(UpstreamRequest.probe(THING, MAX_BYTES), UpstreamResponse::status);
    }

    @Test
    void isAnsweredByAStatus() {
        answers(okJson("{}"), status(404));

        assertThat(probed()).isEqualTo(200);
        assertThat(probed()).isEqualTo(404);
    }

    @Test
    void dropsALongBody() {
        answers(ok("x".repeat(MAX_BYTES + 1)));

        assertThat(upstream.read(UpstreamRequest.probe(THING, MAX_BYTES), UpstreamResponse::body))
                .isEmpty();
        thingsAsked(1);
    }
}
