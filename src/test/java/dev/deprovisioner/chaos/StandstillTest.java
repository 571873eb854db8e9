package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.Story.GROUP;
import static dev.deprovisioner.chaos.Story.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.chaos.Event.Commit;
import dev.deprovisioner.chaos.Event.Committed;
import dev.deprovisioner.chaos.Event.Committing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run that comes no further is noticed, whether it is silent or busy. */
class StandstillTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Set<String> ACTIVE = Set.of(GROUP);

    private final Standstill standstill = new Standstill(Duration.ofSeconds(90), Duration.ofMinutes(6), BEGIN);

    private static Instant after(int seconds) {
        return BEGIN.plusSeconds(seconds);
    }

    private void committed(int seconds, String group, String... audited) {
        var entries = List.of(audited).stream().flatMap(action -> Story.entry(action, BEGIN).stream());
        var commit = new Commit(RUN, group, false, null, false, entries.toList());
        standstill.happened(List.of(new Committing(after(seconds), commit), new Committed(after(seconds), commit)));
    }

    @Test
    void isFoundWhereNothingHappens() {
        committed(10, GROUP, "REQUEST");
        assertThat(standstill.found(ACTIVE, after(100))).isEmpty();
        assertThat(standstill.found(ACTIVE, after(101)))
                .hasValueSatisfying(what -> assertThat(what).contains("Nothing has happened"));
    }

    @Test
    void isFoundWhereOnlySomethingElseHappens() {
        for (int seconds = 0; seconds <= 100; seconds++) {
            committed(seconds, "");
        }
        assertThat(standstill.found(ACTIVE, after(100))).isPresent();
    }

    @Test
    void isFoundWhereARunOnlyTriesAgain() {
        committed(0, GROUP, "VALIDATE");
        for (int seconds = 1; seconds <= 361; seconds++) {
            committed(seconds, GROUP);
            committed(seconds, "another", "VALIDATE");
        }
        assertThat(standstill.found(ACTIVE, after(360))).isEmpty();
        assertThat(standstill.found(ACTIVE, after(361)))
                .hasValueSatisfying(what -> assertThat(what).contains(GROUP + " has ended no step"));
    }

    @Test
    void isNoneWhereStepsEnd() {
        for (int seconds = 0; seconds <= 1000; seconds += 60) {
            committed(seconds, GROUP, "VALIDATE");
            assertThat(standstill.found(ACTIVE, after(seconds))).isEmpty();
        }
    }

    @Test
    void doesNotCountTheTimeBeforeARestart() {
        committed(0, GROUP, "VALIDATE");
        standstill.restarted(after(400));
        assertThat(standstill.found(ACTIVE, after(450))).isEmpty();
    }

    @Test
    void isNoneWhereNothingIsLeftToDo() {
        committed(0, GROUP, "DELETE");
        committed(400, "another");
        assertThat(standstill.found(Set.of("another"), after(401))).isEmpty();
    }
}
