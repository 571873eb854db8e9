package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one, two and three replicas do on one database, while the provider's answers take long and no limit holds them. */
record Replicas() implements Measurement {

    /** The capacity page shows this plot. */
    static final String PLOT = "capacity.svg";

    private static final int MOST = 3;
    private static final int MEMBERS = 20;
    private static final int RUNS_OF_EACH = 25;
    private static final Duration LATENCY = Duration.ofMillis(100);
    private static final Duration UNTIL_DUE = Duration.ofSeconds(2);

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN.withLatency(LATENCY));
        var url = lab.database("replicas");
        var running = new ArrayList<Service>();
        var rates = new ArrayList<Series>();
        try (var database = new Database(url)) {
            for (int replicas = 1; replicas <= MOST; replicas++) {
                running.add(lab.service("replica_" + replicas, url, Map.of()));
                rates.add(new Series(
                        replicas == 1 ? "1 replica" : replicas + " replicas",
                        IntStream.range(0, lab.scale().longRounds)
                                .mapToObj(round -> perSecond(lab, database, running))
                                .toList()));
            }
        } finally {
            running.forEach(Service::close);
        }
        return chapter(rates);
    }

    private static double perSecond(Lab lab, Database database, List<Service> running) {
        int number = RUNS_OF_EACH * running.size();
        var due = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(UNTIL_DUE);
        running.getFirst().postAll(number, () -> lab.group(MEMBERS), "{\"notBefore\":\"%s\"}".formatted(due));
        LockSupport.parkNanos(Duration.between(Instant.now(), due).toNanos());
        return number * 1000.0 / database.awaitEnd(due).toMillis();
    }

    private static Chapter chapter(List<Series> rates) {
        var what = "Runs of %d members at a provider that takes %d ms".formatted(MEMBERS, LATENCY.toMillis());
        var figures = rates.stream()
                .map(rate -> String.format(Locale.ROOT, "%s %.1f", rate.name(), rate.median()))
                .collect(Collectors.joining(", "));
        return new Chapter(
                what,
                "Each replica has 16 requests in flight, and %d of them are sent for a run. Runs a second: %s."
                        .formatted(MEMBERS + 5, figures),
                List.of(),
                List.of(new Plot(PLOT, what, "runs a second", Plot.Across.SERIES, rates)));
    }
}
