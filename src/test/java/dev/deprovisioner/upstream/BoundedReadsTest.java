package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person waits for these reads. */
class BoundedReadsTest extends StubbedUpstream {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private String readBounded() {
        return BoundedReads.within(MINUTE, time, this::read);
    }

    private dev.deprovisioner.problem.Fault faultOfBoundedRead() {
        return faultOf(this::readBounded);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 503})
    void areSentOnceIfTheProviderFails(int status) {
        answers(status(status));

        assertThat(faultOfBoundedRead().problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAVAILABLE);

        thingsAsked(1);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void areSentOnceIfTheConnectionBreaks() {
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        faultOfBoundedRead();

        thingsAsked(1);
        assertThat(time.waits()).isEmpty();
    }

    @Test
    void waitForAShortPause() {
        answers(status(429).withHeader("Retry-After", "3"), ok("thing"));

        assertThat(readBounded()).isEqualTo("thing");

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void reportALongPause() {
        answers(status(429).withHeader("Retry-After", "30"));

        assertThat(faultOfBoundedRead().notBefore()).isEqualTo(Duration.ofSeconds(30));

        assertThat(time.waits()).isEmpty();
    }

    @Test
    void getOneNewTokenIfTheFirstHasGone() {
        answers(status(401), ok("thing"));

        assertThat(readBounded()).isEqualTo("thing");

        tokensAsked(2);
    }

    @Test
    void doNotBeginWhenTheTimeIsOver() {
        answers(ok("thing"));

        var fault = faultOf(() -> BoundedReads.within(MINUTE, time, () -> {
            read();
            time.step(MINUTE);
            return read();
        }));

        assertThat(fault.problem().detail()).contains("60 s");
        thingsAsked(1);
    }

    @Test
    void endWithTheWork() {
        answers(status(500), ok("thing"));
        BoundedReads.within(MINUTE, time, () -> "");

        assertThat(read()).isEqualTo("thing");
    }

    @Test
    void useTheTokenThatWasRequiredBefore() {
        answers(ok("thing"));
        upstream.requireToken();

        readBounded();

        tokensAsked(1);
    }

    @Test
    void sayThatThereIsNoToken() {
        givesTokens(status(401));

        assertThat(faultOf(upstream::requireToken).problem().type()).isEqualTo(ProblemType.UPSTREAM_UNAUTHORIZED);

        nothingElseAsked(1);
    }

    @Test
    void showWhatIsLeftOfTheRateLimit() {
        assertThat(upstream.rateBudget()).isEmpty();
        answers(ok("thing")
                .withHeader("inin-ratelimit-count", "288")
                .withHeader("inin-ratelimit-allowed", "300")
                .withHeader("inin-ratelimit-reset", "40"));
        read();

        time.step(Duration.ofSeconds(10));
        var budget = upstream.rateBudget().orElseThrow();
        assertThat(budget.limit()).isEqualTo(300);
        assertThat(budget.remaining()).isEqualTo(12);
        assertThat(Objects.requireNonNull(budget.reset())).isEqualTo(Duration.ofSeconds(30));

        time.step(Duration.ofSeconds(30));
        assertThat(upstream.rateBudget()).isEmpty();
    }

    @Test
    void showThatNothingIsLeftDuringAPause() {
        answers(status(429).withHeader("Retry-After", "30"));
        faultOfBoundedRead();

        var budget = upstream.rateBudget().orElseThrow();
        assertThat(budget.remaining()).isZero();
        assertThat(Objects.requireNonNull(budget.reset())).isEqualTo(Duration.ofSeconds(30));
    }
}
