package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a change was decided on may have grown old while the change waited for its turn. */
class OutdatedReadTest {

    private final SteppedTime time = new SteppedTime();
    private final Deprovisions runs = mock();
    private final AtomicBoolean sent = new AtomicBoolean();
    private final StepContext context = new StepContext(
            Runs.scheduled().started(time.instant()), null, null, () -> Duration.ofSeconds(20), runs, time);

    private Sighting readBefore(int seconds, @Nullable String etag) {
        var seen = new Sighting(new GroupSnapshot("Sales", null, List.of(), etag), time.nanos(), time);
        time.step(Duration.ofSeconds(seconds));
        return seen;
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
