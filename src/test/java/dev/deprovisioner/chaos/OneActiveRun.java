package dev.deprovisioner.chaos;

import static java.util.stream.Collectors.groupingBy;

import dev.deprovisioner.chaos.Evidence.Run;
import dev.deprovisioner.chaos.Promise.Finding;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** No run of a group is accepted before the one before it has ended. */
final class OneActiveRun {

    private OneActiveRun() {}

    static Stream<Finding> findings(Evidence evidence) {
        return evidence.runs().stream().collect(groupingBy(Run::group)).values().stream()
                .flatMap(runs -> overlaps(runs.stream()
                        .sorted(Comparator.comparing(Run::requestedAt))
                        .toList()));
    }

    private static Stream<Finding> overlaps(List<Run> runs) {
        return IntStream.range(1, runs.size())
                .filter(i -> isActive(runs.get(i - 1), runs.get(i)))
                .mapToObj(i -> new Finding(
                        runs.get(i).group(),
                        "Run " + runs.get(i).id() + " was accepted while "
                                + runs.get(i - 1).id() + " was active"));
    }

    private static boolean isActive(Run earlier, Run later) {
        return earlier.finishedAt() == null || earlier.finishedAt().isAfter(later.requestedAt());
    }
}
