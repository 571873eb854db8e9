package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.EndlessServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is over the bound of an answer is not fetched either. */
@Timeout(60)
class EndlessResponsesTest extends StubbedUpstream {

    /** Two tries, with what is in the buffers of both ends when a connection is closed. */
    private static final long LITTLE = 32 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final EndlessServer endless = EndlessServer.start(200);

    @AfterEach
    void close() {
        endless.close();
    }

    @Test
    void areLeftAlone() {
        var client = upstream(endless.uri().toString(), PATIENCE, 16, UNLIMITED, time);

        assertThat(faultOf(() -> read(client)).problem().detail()).contains("over " + MAX_BYTES + " bytes");

        assertThat(endless.sent()).isLessThan(LITTLE);
    }

    @Test
    void ofTheTokenEndpointAreLeftAlone() {
        tokenUri = endless.uri();

        faultOf(() -> read(upstream(PATIENCE, 16, UNLIMITED)));

        thingsAsked(0);
        assertThat(endless.sent()).isLessThan(2 * LITTLE);
    }
}
