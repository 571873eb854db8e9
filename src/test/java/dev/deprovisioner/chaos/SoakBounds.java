package dev.deprovisioner.chaos;

import static dev.deprovisioner.chaos.ReplicaProbe.FILES;
import static dev.deprovisioner.chaos.ReplicaProbe.HEAP;
import static dev.deprovisioner.chaos.ReplicaProbe.LIVE_HEAP;
import static dev.deprovisioner.chaos.ReplicaProbe.POOL;
import static dev.deprovisioner.chaos.ReplicaProbe.RESIDENT;
import static dev.deprovisioner.chaos.ReplicaProbe.THREADS;

import dev.deprovisioner.soak.Bound;
import dev.deprovisioner.soak.Bound.AtMost;
import dev.deprovisioner.soak.Bound.AtMostAtTheEnd;
import dev.deprovisioner.soak.Bound.NoGrowth;
import dev.deprovisioner.soak.Bound.Verdict;
import dev.deprovisioner.soak.Recording;
import dev.deprovisioner.soak.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the service may take, however long it works. */
final class SoakBounds {

    /** The limit of the chart for a pod, of which 60 % are for the heap. */
    static final int POD_MIB = 768;

    static final int HEAP_MIB = POD_MIB * 60 / 100;

    static final int MOST_THREADS = 100;
    static final int MOST_FILES = 400;
    /** The default of the setting. */
    static final int MOST_CONNECTIONS = 30;

    /** Of two processes, with room for those that are about to be closed. */
    static final int MOST_SESSIONS = 2 * MOST_CONNECTIONS + 10;

    /** While deliveries wait for the receiver. */
    private static final int MOST_TASKS = 1000;

    private static final double FACTOR = 1.25;
    private static final List<String> GROWING = List.of(RESIDENT, LIVE_HEAP, THREADS, FILES);
    static final List<String> TASKS = List.of("deprovision_task", "webhook_task");
    private static final Map<String, Integer> ROWS_OF_A_RUN = Map.of(
            "deprovision", 1, "audit_entry", 6, "group_snapshot", 3, "webhook_delivery", 1, "idempotency_key", 1);

    /** Of any other table at the end: nothing that runs leave behind. */
    private static final int ROWS_OF_THE_REST = 30;

    private final Recording recording;
    private final Duration load;
    private final List<Verdict> verdicts = new ArrayList<>();

    /** @param load how long runs were asked for */
    SoakBounds(Recording recording, Duration load) {
        this.recording = recording;
        this.load = load;
    }

    void judgeProcess(String replica) {
        judge(replica + " " + RESIDENT, new AtMost(POD_MIB));
        judge(replica + " " + HEAP, new AtMost(HEAP_MIB));
        judge(replica + " " + THREADS, new AtMost(MOST_THREADS));
        judge(replica + " " + FILES, new AtMost(MOST_FILES));
        judge(replica + " " + POOL, new AtMost(MOST_CONNECTIONS));
    }

    /** @param replica one that has lived since before the second fifth of the load */
    void judgeGrowth(String replica) {
        GROWING.forEach(what -> judge(replica + " " + what, new NoGrowth(FACTOR)));
    }

    void judgeDatabase(List<String> tables, int runs) {
        judge(DatabaseProbe.SESSIONS, new AtMost(MOST_SESSIONS));
        judge(DatabaseProbe.UNSEALED, new AtMostAtTheEnd(0));
        for (var table : tables) {
            var rows = DatabaseProbe.ROWS + table;
            if (TASKS.contains(table)) {
                judge(rows, new AtMost(MOST_TASKS));
                judge(rows, new AtMostAtTheEnd(0));
            } else {
                var each = ROWS_OF_A_RUN.get(table);
                judge(rows, new AtMostAtTheEnd(each == null ? ROWS_OF_THE_REST : each * runs));
            }
        }
    }

    void judgeAnswers(long unexpected) {
        var series = new Series(
                "answers that are neither 200, 202, 409 nor 503",
                List.of(new Series.Point(recording.elapsed(), unexpected)));
        verdicts.add(new AtMostAtTheEnd(0).judge(series, load));
    }

    private void judge(String series, Bound bound) {
        verdicts.add(bound.judge(recording.series(series), load));
    }

    /** In the order in which they were judged. */
    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }
}
