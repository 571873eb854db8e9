package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.security.RefusalLog.Refusal;
import dev.deprovisioner.testbed.SteppedTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Refused callers are in the log, and none fills it. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class RefusalLogTest {

    private final SteppedTime time = new SteppedTime();
    private final RefusalLog log = new RefusalLog(time);

    private static long lines(CapturedOutput output) {
        return output.getOut()
                .lines()
                .filter(line -> line.contains("Request refused"))
                .count();
    }

    @Test
    void hasOneLineAMinuteForEachReasonAndCaller(CapturedOutput output) {
        for (int i = 0; i < 1000; i++) {
            log.record(new Refusal("no token", "at 192.0.2.1"), "");
            log.record(new Refusal("no token", "at 192.0.2.2"), "");
            log.record(new Refusal("scope a missing", "at 192.0.2.1"), "");
        }
        assertThat(lines(output)).isEqualTo(3);
        time.step(RefusalLog.PAUSE);
        log.record(new Refusal("no token", "at 192.0.2.1"), "detail");
        assertThat(output).contains("no token, caller at 192.0.2.1, detail; 999 more like it since its last line");
    }

    @Test
    void hasABoundForAllCallersTogether(CapturedOutput output) {
        for (int i = 0; i < 10_000; i++) {
            log.record(new Refusal("no token", "at " + i), "");
        }
        assertThat(lines(output)).isEqualTo(RefusalLog.MOST);
        time.step(RefusalLog.PAUSE);
        log.record(new Refusal("no token", "at 10001"), "");
        assertThat(output).contains("caller at 10001; 0 more like it since its last line, 9900 of other callers");
    }

    @Test
    void keepsCountingAfterAnotherFloodOfCallers(CapturedOutput output) {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 2 * RefusalLog.MOST; i++) {
                log.record(new Refusal("no token", "at " + i), "");
                log.record(new Refusal("no token", "at " + i), "");
            }
            time.step(RefusalLog.PAUSE);
        }
        assertThat(lines(output)).isEqualTo(3 * RefusalLog.MOST);
    }
}
