package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a receiver counts as away, and when as back. */
class CircuitStateTest {

    static final CircuitState GOOD = new CircuitState(0, null, null, 0);

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private static CircuitState failedTimes(int times) {
        var health = GOOD;
        for (int i = 0; i < times; i++) {
            health = health.failed(NOW.plusSeconds(i));
        }
        return health;
    }

    @Test
    void isProbedAfterFiveFailuresOneAfterTheOther() {
        assertThat(failedTimes(4).isOpen()).isFalse();
        assertThat(failedTimes(5).probingSince()).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void isProbedSinceTheFirstOfThem() {
        assertThat(failedTimes(50).probingSince()).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void oneAnswerForgetsAllFailures() {
        assertThat(failedTimes(4).answered().failed(NOW).isOpen()).isFalse();
        assertThat(failedTimes(50).answered()).isEqualTo(GOOD);
    }

    @Test
    void aProbeBeginsOnce() {
        var chosen = failedTimes(5).chosen("msg_1", 17);

        assertThat(chosen.probe()).isEqualTo("msg_1");
        assertThat(chosen.begun().probe()).isNull();
        assertThat(chosen.begun().isOpen()).isTrue();
        assertThat(chosen.begun().lastProbed()).isEqualTo(17);
    }

    @Test
    void theTurnGoesOnWhereItWasWhenTheReceiverIsLostAgain() {
        assertThat(failedTimes(5).chosen("msg_1", 17).answered().lastProbed()).isEqualTo(17);
    }
}
