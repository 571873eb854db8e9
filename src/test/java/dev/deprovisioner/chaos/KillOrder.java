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

    /**
     * Deliveries have few workers; requests stand only until the service no longer waits; and on PostgreSQL, whoever
     * claims a task holds up all other claims.
     */
    private static int rank(String cell) {
        if (cell.contains("update deprovision_task")) {
            return 4;
        }
        if (cell.contains("update webhook_task")) {
            return 3;
        }
        if (cell.contains("webhook")) {
            return 1;
        }
        return cell.contains("commit") ? 0 : 2;
    }
}
