package dev.deprovisioner.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.soak.Recording.Mark;
import dev.deprovisioner.soak.Series.Point;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordingTest {

    private final AtomicLong nanos = new AtomicLong(1_000);
    private final Recording recording = new Recording(nanos::get);

    @Test
    void pointsCarryTheTimeSinceTheBegin() {
        recording.add("threads", 3);
        nanos.addAndGet(5_000_000_000L);
        recording.add("threads", 4);

        assertThat(recording.series("threads").points())
                .containsExactly(new Point(Duration.ZERO, 3), new Point(Duration.ofSeconds(5), 4));
    }

    @Test
    void timeCountsFromTheBegin() {
        nanos.addAndGet(7_000_000_000L);
        recording.begin();

        assertThat(recording.elapsed()).isZero();
    }

    @Test
    void marksEndNow() {
        nanos.addAndGet(2_000_000_000L);
        recording.mark("kill", Duration.ofSeconds(1));

        assertThat(recording.marks()).containsExactly(new Mark("kill", Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    @Test
    void whatWasNeverMeasuredHasNoPoints() {
        assertThat(recording.series("threads").points()).isEmpty();
    }

    @Test
    void findsSeriesByTheirEnd() {
        recording.add("replica-2 threads", 1);
        recording.add("replica-1 threads", 1);
        recording.add("replica-1 files", 1);

        assertThat(recording.seriesEndingWith(" threads"))
                .extracting(Series::name)
                .containsExactly("replica-1 threads", "replica-2 threads");
    }
}
