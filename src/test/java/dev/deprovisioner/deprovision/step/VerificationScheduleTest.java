package dev.deprovisioner.deprovision.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.StepRecord;
import dev.deprovisioner.deprovision.WriteIntents;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a change that was accepted is looked for. */
class VerificationScheduleTest {

    private static final Instant ACCEPTED = Instant.parse("2026-11-23T08:00:00Z");
    private static final VerificationSchedule SCHEDULE = schedule(Duration.ofSeconds(15));

    private static StepRecord sent(int times, @Nullable Instant acceptedAt) {
        return new StepRecord(
                Step.DELETE_GROUP,
                State.RUNNING,
                ACCEPTED,
                null,
                0,
                0,
                new WriteIntents(times, times, acceptedAt, 0, null, null, 0),
                null);
    }

    private static VerificationSchedule schedule(Duration settleTime) {
        var groups = mock(GroupsClient.class);
        when(groups.settleTime()).thenReturn(settleTime);
        return new VerificationSchedule(groups, new DeprovisionProperties(Duration.ofHours(24), 8));
    }

    private static List<Long> looks(StepRecord step) {
        return looks(SCHEDULE, step);
    }

    private static List<Long> looks(VerificationSchedule schedule, StepRecord step) {
        var pauses = new ArrayList<Long>();
        var now = ACCEPTED;
        for (var pause = schedule.untilNextRead(step, now);
                pause.isPresent();
                pause = schedule.untilNextRead(step, now)) {
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

    @ParameterizedTest
    @CsvSource({"1s,1", "2s,1 1", "7s,1 2 4", "20s,1 2 4 8 5", "60s,1 2 4 8 16 29"})
    void comesLastWhenTheSettleTimeIsOver(String settleTime, String pauses) {
        assertThat(looks(schedule(Duration.parse("PT" + settleTime)), sent(1, ACCEPTED)).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(pauses);
    }

    @Test
    void isNotLongerThanARunMayTake() {
        assertThatThrownBy(() -> schedule(Duration.ofHours(24)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("deprovisioner.scim.settle-time");
    }

    @Test
    void comesLateRatherThanNever() {
        assertThat(SCHEDULE.untilNextRead(sent(1, ACCEPTED), ACCEPTED.plusMillis(2500)))
                .contains(Duration.ofMillis(500));
        assertThat(SCHEDULE.untilNextRead(sent(1, ACCEPTED), ACCEPTED.plusSeconds(15)))
                .isEmpty();
    }

    @Test
    void isNotPutOffByAClockThatWasSetBack() {
        assertThat(SCHEDULE.untilNextRead(sent(1, ACCEPTED), ACCEPTED.minus(Duration.ofDays(1))))
                .contains(Duration.ofSeconds(15));
    }

    @Test
    void isForAcceptedRequestsOnly() {
        assertThat(SCHEDULE.untilNextRead(sent(1, null), ACCEPTED)).isEmpty();
    }
}
