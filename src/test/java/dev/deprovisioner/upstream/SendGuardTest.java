package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.Upstream.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guard of a request has the last word, before each try. */
class SendGuardTest extends StubbedUpstream {

    private final List<Duration> checks = new ArrayList<>();

    @Test
    void aRequestThatItStopsIsNotSent() {
        answers(status(204));

        assertThatThrownBy(() -> write(upstream, longest -> {
                    throw Fault.interrupted();
                }))
                .isInstanceOf(Fault.class);

        thingsAsked(0);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void itIsCheckedBeforeEachTryWithTheTimeThatTheTryMayTake() {
        answers(status(429), status(204));

        assertThat(write(upstream, checks::add)).isInstanceOf(WriteResult.Answered.class);

        assertThat(checks).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(10));
        thingsAsked(2);
    }

    @Test
    void aTryAfterTheFirstIsStoppedToo() {
        answers(status(429), status(204));

        assertThatThrownBy(() -> write(upstream, longest -> {
                    checks.add(longest);
                    if (checks.size() == 2) {
                        throw Fault.interrupted();
                    }
                }))
                .isInstanceOf(Fault.class);

        thingsAsked(1);
    }
}
