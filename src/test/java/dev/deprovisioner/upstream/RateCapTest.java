package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.upstream.ratelimit.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an answer that says how little is left slows down what follows. */
class RateCapTest extends StubbedUpstream {

    private static final RateLimit SIXTY_A_MINUTE = new RateLimit(60, Duration.ofMinutes(1), null);

    private final Upstream paced = upstream(Duration.ofSeconds(10), 16, SIXTY_A_MINUTE);

    private static ResponseDefinitionBuilder left(int requests, long seconds) {
        return ok("fine").withHeader("RateLimit", "\"default\";r=%d;t=%d".formatted(requests, seconds));
    }

    private List<Instant> sent(int requests) {
        var sent = new ArrayList<Instant>();
        for (int i = 0; i < requests; i++) {
            read(paced);
            sent.add(time.instant());
        }
        return sent;
    }

    @Test
    void sendsNothingUntilThereIsSomethingLeftAgain() {
        answers(left(0, 20), ok("fine"));
        read(paced);
        time.forgetWaits();

        read(paced);

        assertThat(time.waits()).startsWith(Duration.ofSeconds(20));
    }

    @Test
    void sendsNoMoreThanWhatIsLeftAndThenWaits() {
        answers(left(3, 9), ok("fine"));
        time.step(Duration.ofMinutes(1));

        var sent = sent(5);

        assertThat(sent.get(3)).isBefore(sent.getFirst().plusSeconds(9));
        assertThat(Duration.between(sent.getFirst(), sent.get(4))).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void spreadsWhatIsLeftOverTheTimeThatIsLeft() {
        answers(left(10, 100), ok("fine"));
        time.step(Duration.ofMinutes(1));

        var sent = sent(12);

        assertThat(Duration.between(sent.get(1), sent.get(11)))
                .isBetween(Duration.ofSeconds(70), Duration.ofSeconds(110));
    }

    @Test
    void leavesItToTheRunToWaitWhereItWouldWaitForLongEachTime() {
        answers(left(5, 100), ok("fine"));
        time.step(Duration.ofMinutes(1));

        var sent = sent(6);

        assertThat(Duration.between(sent.getFirst(), sent.getLast())).isLessThanOrEqualTo(Duration.ofSeconds(1));
        var fault = faultOf(() -> read(paced));
        assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        time.step(Duration.ofSeconds(100));
        assertThat(read(paced)).isEqualTo("fine");
    }

    @Test
    void goesOnAsFastAsBeforeWhenThatTimeIsOver() {
        answers(left(2, 30), ok("fine"));
        read(paced);
        time.step(Duration.ofSeconds(31));
        read(paced);

        var sent = sent(11);

        assertThat(Duration.between(sent.getFirst(), sent.getLast())).isLessThanOrEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void isNeverMadeFaster() {
        answers(left(1_000_000, 1));
        var sent = sent(7);

        assertThat(Duration.between(sent.getFirst(), sent.getLast())).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void withoutALimitOfOurOwnOnlyTheEndOfTheirsIsHeeded() {
        answers(left(1, 60), left(0, 5), ok("fine"));
        read();
        read();
        assertThat(time.waits()).isEmpty();

        read();

        assertThat(time.waits()).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void noHeaderStopsItForLongerThanADay() {
        answers(status(429).withHeader("Retry-After", "999999999"), ok("fine"));
        assertThat(faultOfRead().recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);

        time.step(Duration.ofDays(1).minusMinutes(1));
        assertThat(faultOf(this::write).recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
    }

    @Test
    void afterADayARequestIsSentAgain() {
        answers(status(429).withHeader("Retry-After", "999999999"), ok("fine"));
        faultOfRead();

        time.step(Duration.ofDays(1));

        assertThat(read()).isEqualTo("fine");
    }
}
