package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseTimeMeterTest {

    private final SteppedTime monotonic = new SteppedTime();
    private final DatabaseTimeMeter time = new DatabaseTimeMeter(monotonic);

    private Duration sinceEpoch() {
        return Duration.ofNanos(time.currentTimeNanos());
    }

    @Test
    void carriesOnTheTimeOfTheLastRowByTheMonotonicClock() {
        time.setTime(9_000_000);
        monotonic.step(Duration.ofSeconds(60));
        time.setTime(5_000_000);

        monotonic.step(Duration.ofSeconds(2));

        assertThat(sinceEpoch()).isEqualTo(Duration.ofSeconds(7));
    }
}
