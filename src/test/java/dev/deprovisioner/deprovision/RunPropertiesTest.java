package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a run is kept. */
class RunPropertiesTest {

    @Test
    void isAtLeastTwoDays() {
        assertThatCode(() -> new RunProperties(Duration.ofDays(2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new RunProperties(Duration.ofHours(47)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("deprovisioner.run.retention");
    }

    @Test
    void isNotShorterThanTheSnapshotIsKept() {
        var run = new RunProperties(Duration.ofDays(20));

        assertThatCode(() -> run.requireAtLeast(new SnapshotProperties(Duration.ofDays(20))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> run.requireAtLeast(new SnapshotProperties(Duration.ofDays(21))))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("deprovisioner.snapshot.retention");
    }
}
