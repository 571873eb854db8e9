package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.soak.Bound.Verdict;
import dev.deprovisioner.soak.Recording;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bound of the soak can be broken, by what it is about and by nothing else. */
class SoakBoundsTest {

    private static final int RUNS = 100;
    private static final Duration LOAD = Duration.ofMinutes(10);

    private final AtomicLong nanos = new AtomicLong();
    private final Recording recording = new Recording(nanos::get);
    private final SoakBounds bounds = new SoakBounds(recording, LOAD);

    private List<String> broken() {
        return bounds.verdicts().stream()
                .filter(verdict -> !verdict.held())
                .map(Verdict::series)
                .distinct()
                .toList();
    }

    private void process(String what, double value) {
        recording.add("replica-1 " + what, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resident memory, MiB | 769",
                "heap, MiB | 461",
                "threads | 101",
                "open files | 401",
                "connections in the pool | 31"
            })
    void aProcessBreaksOne(String what, double tooMuch) {
        List.of(ReplicaProbe.RESIDENT, ReplicaProbe.HEAP, ReplicaProbe.THREADS, ReplicaProbe.FILES, ReplicaProbe.POOL)
                .forEach(measured -> process(measured, 20));
        process(what, tooMuch);
        process(what, 20);

        bounds.judgeProcess("replica-1");

        assertThat(broken()).containsExactly("replica-1 " + what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"resident memory, MiB", "heap after a collection, MiB", "threads", "open files"})
    void aProcessThatGrowsBreaksOne(String what) {
        for (int minute = 0; minute < 10; minute++) {
            nanos.set(Duration.ofMinutes(minute).toNanos());
            for (var measured :
                    List.of(ReplicaProbe.RESIDENT, ReplicaProbe.LIVE_HEAP, ReplicaProbe.THREADS, ReplicaProbe.FILES)) {
                process(measured, measured.equals(what) ? 10 + minute : 10);
            }
        }

        bounds.judgeGrowth("replica-1");

        assertThat(broken()).containsExactly("replica-1 " + what);
    }

    @ParameterizedTest
    @CsvSource({
        "deprovision, 101",
        "audit_entry, 601",
        "webhook_delivery, 101",
        "deprovision_task, 1",
        "webhook_task, 1",
        "some_later_table, 31"
    })
    void aTableThatIsLeftWithRowsBreaksOne(String table, double rows) {
        var tables = List.of(
                "deprovision",
                "audit_entry",
                "webhook_delivery",
                "deprovision_task",
                "webhook_task",
                "some_later_table");
        recording.add(DatabaseProbe.SESSIONS, 60);
        recording.add(DatabaseProbe.UNSEALED, 0);
        tables.forEach(name -> recording.add(DatabaseProbe.ROWS + name, 0));
        recording.add(DatabaseProbe.ROWS + table, rows);

        bounds.judgeDatabase(tables, RUNS);

        assertThat(broken()).containsExactly("rows of " + table);
    }

    @Test
    void aBacklogOfTasksBreaksOneThoughItIsWorkedOff() {
        recording.add(DatabaseProbe.SESSIONS, 71);
        recording.add(DatabaseProbe.UNSEALED, 1);
        recording.add(DatabaseProbe.ROWS + "webhook_task", 1001);
        recording.add(DatabaseProbe.ROWS + "webhook_task", 0);

        bounds.judgeDatabase(List.of("webhook_task"), RUNS);

        assertThat(broken())
                .containsExactly(DatabaseProbe.SESSIONS, DatabaseProbe.UNSEALED, DatabaseProbe.ROWS + "webhook_task");
    }

    @Test
    void oneUnexpectedAnswerBreaksOne() {
        bounds.judgeAnswers(0);
        assertThat(broken()).isEmpty();

        bounds.judgeAnswers(1);
        assertThat(broken()).hasSize(1);
    }
}
