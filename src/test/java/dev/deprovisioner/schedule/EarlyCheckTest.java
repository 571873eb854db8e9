package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EarlyCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final AtomicInteger checks = new AtomicInteger();
    private final EarlyCheck early = new EarlyCheck(checks::incrementAndGet);

    @Test
    void looksAtOnceForATaskThatIsDue() {
        early.checkAt(NOW, NOW);
        early.checkAt(NOW.minusSeconds(60), NOW);

        assertThat(checks).hasValue(2);
    }

    @Test
    void looksLaterForATaskThatIsDueSoon() {
        var due = Duration.ofMillis(20);
        long began = System.nanoTime();

        early.checkAt(NOW.plus(due), NOW);

        await().until(() -> checks.get() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(due);
    }

    @Test
    void leavesATaskOfTomorrowToThePolls() {
        early.checkAt(NOW.plus(Duration.ofDays(1)), NOW);
        early.checkAt(Instant.MAX, NOW);

        assertThat(checks).hasValue(0);
    }
}
