package dev.deprovisioner.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which runs are killed together, and in which order they are brought to stand: none shall keep another from it. */
final class KillOrder {

    private KillOrder() {}

    /** Deals the cells out evenly, those of each rank too. */
    static List<List<String>> dealt(List<String> cells, int kills) {
        var sorted =
                cells.stream().sorted(Comparator.comparingInt(KillOrder::rank)).toList();
        return IntStream.range(0, kills)
                .mapToObj(kill -> Stream.iterate(kill, i -> i < sorted.size(), i -> i + kills)
                        .map(sorted::get)
                        .toList())
                .toList();
    }

    /** Whether the next process finds a run to take up, without another request for it. */
    static boolean hasRun(String cell) {
        return !cell.startsWith("before the commit of insert deprovision (");
    }

    /** Whether it is a request, for whose answer the service waits a while only. */
    static boolean mustNotStandLong(String cell) {
        return !cell.contains("commit");
    }

    /**
     * Deliveries have few workers. On PostgreSQL, a process that claims a task holds up all other claims, and another
     * process soon claims a run that was accepted.
     */
    private static int rank(String cell) {
        if (cell.contains("insert deprovision (")) {
            return 5;
        }
        if (cell.contains("update deprovision_task")) {
            return 4;
        }
        if (cell.contains("update webhook_task")) {
            return 3;
        }
        if (cell.contains("webhook")) {
            return 1;
        }
        return mustNotStandLong(cell) ? 2 : 0;
    }
}
