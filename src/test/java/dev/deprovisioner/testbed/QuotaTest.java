package dev.deprovisioner.testbed;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaTest {

    private final SteppedTime time = new SteppedTime();
    private final Quota quota = new Quota(2, ofSeconds(10), time);

    private Answer ask() {
        return quota.answer(() -> Answer.json(200, "{}"));
    }

    @Test
    void reportsUsedAndRemainingRequests() {
        ask();
        time.step(ofMillis(2500));

        assertThat(ask().headers())
                .containsEntry("inin-ratelimit-count", "2")
                .containsEntry("inin-ratelimit-allowed", "2")
                .containsEntry("inin-ratelimit-reset", "8");
    }

    @Test
    void refusesWhatIsMoreUntilTheWindowEnds() {
        ask();
        ask();
        time.step(ofMillis(9_999));
        var refused = ask();
        time.step(ofMillis(1));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "1");
        assertThat(ask().status()).isEqualTo(200);
    }
}
