package dev.deprovisioner.deprovision.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.StepRecord;
import dev.deprovisioner.deprovision.WriteIntents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a change that was accepted is looked for. */
class VerificationScheduleTest {

    private static final Instant ACCEPTED = Instant.parse("2026-11-23T08:00:00Z");

    private static StepRecord sent(int times, @Nullable Instant acceptedAt) {
        return new StepRecord(
                Step.DELETE_GROUP,
                State.RUNNING,
                ACCEPTED,
                null,
                0,
                0,
                new WriteIntents(times, times, acceptedAt, 0, null, null),
                null);
    }

    private static List<Long> looks(StepRecord step) {
        var pauses = new ArrayList<Long>();
        var now = ACCEPTED;
        for (var pause = VerificationSchedule.untilNextRead(step, now);
                pause.isPresent();
                pause = VerificationSchedule.untilNextRead(step, now)) {
            pauses.add(pause.get().toSeconds());
            now = now.plus(pause.get());
        }
        return pauses;
    }

    @Test
    void comesAfterOneTwoFourAndEightSeconds() {
        assertThat(looks(sent(1, ACCEPTED))).containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void takesTwiceAsLongAfterEachFurtherRequest() {
        assertThat(looks(sent(2, ACCEPTED))).containsExactly(2L, 4L, 8L, 16L);
        assertThat(looks(sent(50, ACCEPTED))).containsExactly(64L, 128L, 256L, 512L);
    }

    @Test
    void comesLateRatherThanNever() {
        assertThat(VerificationSchedule.untilNextRead(sent(1, ACCEPTED), ACCEPTED.plusMillis(2500)))
                .contains(Duration.ofMillis(500));
        assertThat(VerificationSchedule.untilNextRead(sent(1, ACCEPTED), ACCEPTED.plusSeconds(15)))
                .isEmpty();
    }

    @Test
    void isNotPutOffByAClockThatWasSetBack() {
        assertThat(VerificationSchedule.untilNextRead(sent(1, ACCEPTED), ACCEPTED.minus(Duration.ofDays(1))))
                .contains(Duration.ofSeconds(15));
    }

    @Test
    void isForAcceptedRequestsOnly() {
        assertThat(VerificationSchedule.untilNextRead(sent(1, null), ACCEPTED)).isEmpty();
    }
}
