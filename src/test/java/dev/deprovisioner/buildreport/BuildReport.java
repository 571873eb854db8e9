package dev.deprovisioner.buildreport;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The slowest test classes of a build, and how often its tests started what is slow to start. */
public record BuildReport(List<TestTime> times, Map<Start, Long> starts) {

    private static final int SLOWEST = 10;

    /** The report of the build with this {@code target} directory, as it is printed. */
    public static String of(Path target) {
        return read(target).text();
    }

    static BuildReport read(Path target) {
        var times = Stream.of("surefire-reports", "failsafe-reports")
                .flatMap(reports -> TestTime.readAll(target.resolve(reports)).stream())
                .toList();
        return new BuildReport(times, Start.count(target.resolve("starts.txt")));
    }

    String text() {
        return """

                Build report: %d test classes, %s s
                %s
                Starts
                %s
                """.formatted(times.size(), seconds(totalSeconds()), slowest(), countedStarts());
    }

    private double totalSeconds() {
        return times.stream().mapToDouble(TestTime::seconds).sum();
    }

    private String slowest() {
        return times.stream()
                .sorted(Comparator.comparingDouble(TestTime::seconds).reversed())
                .limit(SLOWEST)
                .map(time -> "%8s s  %s".formatted(seconds(time.seconds()), time.testClass()))
                .collect(Collectors.joining("\n"));
    }

    private String countedStarts() {
        return Arrays.stream(Start.values())
                .map(start -> "%8d    %s".formatted(starts.getOrDefault(start, 0L), start.label))
                .collect(Collectors.joining("\n"));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }
}
