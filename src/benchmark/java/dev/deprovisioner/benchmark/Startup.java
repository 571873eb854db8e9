package dev.deprovisioner.benchmark;

import java.util.List;
import java.util.Map;

/** How long the service takes to be ready, as a plain jar and as the image starts it. */
record Startup() implements Measurement {

    @Override
    public Chapter measure(Lab lab) {
        var database = lab.database("starts");
        var image = lab.packaging().image();
        // Migrates the database.
        lab.service("starts", database, Map.of()).close();
        var times = Interleaved.rounds(
                lab.scale().longRounds,
                "plain jar",
                () -> millis(lab, Packaging.jar(), database),
                () -> millis(lab, image, database));
        var what = "Start to ready";
        return new Chapter(
                what,
                "The image has the definitions of beans from its build, and a cache of the JVM.",
                List.of(Finding.ofRatio(
                                what + ": the image's over the plain jar's",
                                Bound.atMost(0.3, " ×"),
                                times.measured(),
                                times.baseline())
                        .doubtedFor(Packaging.doubts())),
                List.of(new Plot("start.svg", what, "ms", List.of(times.baseline(), times.measured()))));
    }

    private static double millis(Lab lab, List<String> command, String database) {
        long begin = System.nanoTime();
        try (var service = lab.service(command, "starts", database, Map.of())) {
            return (System.nanoTime() - begin) / 1e6;
        }
    }
}
