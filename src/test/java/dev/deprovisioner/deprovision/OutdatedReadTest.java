package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a change was decided on may have grown old while the change waited for its turn. */
class OutdatedReadTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final Deprovisions runs = mock();
    private final AtomicBoolean sent = new AtomicBoolean();
    private final StepContext context = new StepContext(
            Runs.scheduled().started(NOW), null, null, () -> Duration.ofSeconds(20), runs, InstantSource.fixed(NOW));

    private static Sighting readBefore(int seconds, @Nullable String etag) {
        var readAt = System.nanoTime() - Duration.ofSeconds(seconds).toNanos();
        return new Sighting(new GroupSnapshot("Sales", null, List.of(), etag), readAt);
    }

    private boolean send(@Nullable Sighting unguarded) {
        given(runs.save(any()))
                .willAnswer(saved -> saved.<Deprovision>getArgument(0).saved());
        return context.sending(unguarded, this::sending);
    }

    private boolean sending(Consumer<Duration> lastCheck) {
        lastCheck.accept(Duration.ofSeconds(10));
        sent.set(true);
        return true;
    }

    @Test
    void isNotActedUpon() {
        assertThatThrownBy(() -> send(readBefore(31, null)))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.recovery()).isEqualTo(Recovery.LATER));

        assertThat(sent).isFalse();
        assertThat(context.run().current().sent().intents()).isZero();
    }

    @Test
    void isActedUponAfterAShortWait() {
        assertThat(send(readBefore(20, null))).isTrue();
    }

    @Test
    void doesNotMatterWhereTheProviderChecksTheVersion() {
        assertThat(send(null)).isTrue();
    }

    @Test
    void isTooOldToDecideOnUnlessTheProviderChecksItsVersion() {
        assertThat(readBefore(14, null).isFresh()).isTrue();
        assertThat(readBefore(16, null).isFresh()).isFalse();
        assertThat(readBefore(16, "v1").isFresh()).isTrue();
        assertThat(readBefore(16, "v1").isYoung()).isFalse();
    }
}
