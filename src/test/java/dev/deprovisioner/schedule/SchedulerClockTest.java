package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.database.DatabaseClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class SchedulerClockTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final DatabaseClock UNKNOWN = () -> {
        throw new DataAccessResourceFailureException("away");
    };

    @Test
    void isTheTimeOfTheDatabaseAlsoWhileItStops() {
        assertThat(new SchedulerClock(() -> NOW, () -> true).now()).isEqualTo(NOW);
        assertThat(new SchedulerClock(() -> NOW, () -> false).now()).isEqualTo(NOW);
    }

    @Test
    void nothingIsDueAtATimeThatIsNotKnown() {
        assertThatThrownBy(new SchedulerClock(UNKNOWN, () -> true)::now)
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void doesNotFailWhileTheSchedulerStops() {
        assertThatCode(new SchedulerClock(UNKNOWN, () -> false)::now).doesNotThrowAnyException();
    }
}
