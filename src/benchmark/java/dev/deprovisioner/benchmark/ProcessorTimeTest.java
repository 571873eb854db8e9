package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

    @Test
    void isBusyWithAllButIdleTimeAndWaitingForADisk() {
        var before = ProcessorTime.of("cpu  10 0 10 70 10 0 0 0 5 0\ncpu0 10 0 10 70 10 0 0 0 5 0\n");
        var after = ProcessorTime.of("cpu  30 10 20 110 20 2 3 5 25 0\ncpu0 30 10 20 110 20 2 3 5 25 0\n");

        assertThat(before).isEqualTo(new ProcessorTime(20, 100));
        assertThat(after.busySince(before)).isEqualTo(0.5);
        assertThat(after.busySince(after)).isZero();
    }
}
