package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change was decided on may have grown old while the change waited for its turn. */
class OutdatedReadTest {

    private final SteppedTime time = new SteppedTime();
    private final Deprovisions runs = mock();
    private final AtomicBoolean sent = new AtomicBoolean();
    private Duration leased = Duration.ofSeconds(20);
    private boolean current = true;
    private final StepContext context = new StepContext(
            Runs.scheduled().started(time.instant()), null, null, () -> leased, () -> false, runs, time);

    private ReadSnapshot readBefore(int seconds, @Nullable String etag) {
        var group = new GroupSnapshot("Sales", null, List.of(), etag, Listing.COMPLETE, "group", null);
        var seen = new ReadSnapshot(group, time.nanos(), time);
        time.step(Duration.ofSeconds(seconds));
        return seen;
    }

    private boolean send(ReadSnapshot basis, boolean byName) {
        given(runs.save(any()))
                .willAnswer(saved -> saved.<Deprovision>getArgument(0).saved());
        given(runs.isCurrent(any())).willReturn(current);
        return context.send(basis, byName, List.of(), this::sending);
    }

    private boolean sending(ChangeGuard guard) {
        guard.check(Duration.ofSeconds(10));
        sent.set(true);
        return true;
    }

    @ParameterizedTest
    @CsvSource({"31, false,", "31, false, \"v1\"", "61, true,"})
    void isNotActedUpon(int seconds, boolean byName, @Nullable String etag) {
        assertThatThrownBy(() -> send(readBefore(seconds, etag), byName))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.recovery()).isEqualTo(Recovery.RETRY));

        assertThat(sent).isFalse();
        assertThat(context.run().current().sent().intents()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"20, false", "29, false", "59, true"})
    void isActedUponAfterAShortWait(int seconds, boolean byName) {
        assertThat(send(readBefore(seconds, null), byName)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void isNotActedUponByAProcessWhoseLeaseMayEndMeanwhile(int left) {
        leased = Duration.ofSeconds(left);

        assertNotOwned();
    }

    @Test
    void isNotActedUponIfTheRunWasStoredMeanwhile() {
        current = false;

        assertNotOwned();
    }

    /** The provider is not to blame, and no attempt was spent. */
    private void assertNotOwned() {
        assertThatThrownBy(() -> send(readBefore(1, null), true)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.problem().detail())
                    .contains("The change was not sent")
                    .doesNotContain("provider");
            assertThat(fault.recovery()).isEqualTo(Recovery.RETRY_UNCOUNTED);
        });
        assertThat(sent).isFalse();
        assertThat(context.run().current().sent().intents()).isZero();
    }

    @Test
    void isTooOldToDecideOnWithAVersionToo() {
        assertThat(readBefore(14, null).canDecide()).isTrue();
        assertThat(readBefore(16, null).canDecide()).isFalse();
        assertThat(readBefore(16, "v1").canDecide()).isFalse();
        assertThat(readBefore(59, null).canDecideByName()).isTrue();
        assertThat(readBefore(61, "v1").canDecideByName()).isFalse();
    }
}
