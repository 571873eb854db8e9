package dev.deprovisioner.chaos;

import dev.deprovisioner.soak.Plot;
import dev.deprovisioner.soak.Recording;
import dev.deprovisioner.soak.Series;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** One plot of each thing that was measured. */
final class SoakPlots {

    private static final double FEW_ROWS = 100;

    private final Recording recording;

    SoakPlots(Recording recording) {
        this.recording = recording;
    }

    List<Plot> plots() {
        var processes = Stream.of(
                ofProcesses(ReplicaProbe.RESIDENT, SoakBounds.POD_MIB),
                ofProcesses(ReplicaProbe.HEAP, SoakBounds.HEAP_MIB),
                ofProcesses(ReplicaProbe.LIVE_HEAP, SoakBounds.HEAP_MIB),
                ofProcesses(ReplicaProbe.THREADS, SoakBounds.MOST_THREADS),
                ofProcesses(ReplicaProbe.FILES, SoakBounds.MOST_FILES),
                ofProcesses(ReplicaProbe.POOL, SoakBounds.MOST_CONNECTIONS));
        var database = Stream.of(
                plot("Sessions at the server", OptionalDouble.of(SoakBounds.MOST_SESSIONS), DatabaseProbe.SESSIONS),
                plot("Runs", OptionalDouble.empty(), DatabaseProbe.ENDED, DatabaseProbe.ROWS + "deprovision"),
                plot("Audit entries not sealed yet", OptionalDouble.empty(), DatabaseProbe.UNSEALED),
                plot("Tasks", OptionalDouble.empty(), tasks()));
        return Stream.of(processes, database, tables()).flatMap(plots -> plots).toList();
    }

    private static String[] tasks() {
        return SoakBounds.TASKS.stream()
                .map(table -> DatabaseProbe.ROWS + table)
                .toArray(String[]::new);
    }

    private Plot ofProcesses(String what, double limit) {
        return new Plot("Each process: " + what, recording.seriesEndingWith(" " + what), OptionalDouble.of(limit));
    }

    private Plot plot(String title, OptionalDouble limit, String... names) {
        return new Plot(title, Stream.of(names).map(recording::series).toList(), limit);
    }

    /** Those with few rows would be one line at the bottom beside the others. */
    private Stream<Plot> tables() {
        var all = recording.seriesBeginningWith(DatabaseProbe.ROWS);
        return Stream.of(
                new Plot(
                        "Rows of tables with many",
                        all.stream().filter(SoakPlots::isLarge).toList(),
                        OptionalDouble.empty()),
                new Plot(
                        "Rows of tables with few",
                        all.stream().filter(series -> !isLarge(series)).toList(),
                        OptionalDouble.empty()));
    }

    private static boolean isLarge(Series series) {
        return series.points().stream().anyMatch(point -> point.value() > FEW_ROWS);
    }
}
