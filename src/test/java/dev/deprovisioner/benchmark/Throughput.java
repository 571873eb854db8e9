package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.baseline.EmptyTasksMain;
import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Runs that all become due at once, at a provider without latency, beside tasks of db-scheduler that do nothing. */
record Throughput() implements Measurement {

    private static final int WORKERS = 8;
    private static final int CLIENTS = 16;
    private static final int CALLERS = 64;
    /** More than a request takes to be accepted, on a busy machine too. */
    private static final Duration EACH = Duration.ofMillis(15);

    private static final Duration FIRST = Duration.ofSeconds(3);

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN);
        try (var empty = lab.baseline(EmptyTasksMain.class, lab.database("scheduler"), String.valueOf(WORKERS));
                var database = new Database(lab.plain().database())) {
            var bare = new ArrayList<Rate>();
            var service = new ArrayList<Rate>();
            for (int round = -1; round < lab.scale().longRounds; round++) {
                var emptyTasks = emptyTasks(empty, database, 20 * lab.scale().runs);
                var runs = runs(lab, database, lab.scale().runs);
                if (round >= 0) {
                    bare.add(emptyTasks);
                    service.add(runs);
                }
            }
            return chapter(bare, service);
        }
    }

    private static Rate emptyTasks(ChildJvm empty, Database database, int number) {
        long before = database.written();
        double perSecond = Double.parseDouble(empty.ask(String.valueOf(number)));
        return new Rate(perSecond, (database.written() - before) / (double) number);
    }

    /** All of them are there before they become due. */
    private static Rate runs(Lab lab, Database database, int number) {
        var due = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(FIRST).plus(EACH.multipliedBy(number));
        postAll(lab, number, "{\"notBefore\":\"%s\"}".formatted(due));
        var left = Duration.between(Instant.now(), due);
        if (left.isNegative()) {
            throw new IllegalStateException("Accepted too slowly to be due at once: " + left);
        }
        LockSupport.parkNanos(left.toNanos());
        long before = database.written();
        double seconds = Duration.between(due, database.awaitEnd(due)).toMillis() / 1000.0;
        return new Rate(number / seconds, (database.written() - before) / (double) number);
    }

    private static void postAll(Lab lab, int number, String body) {
        var caller = lab.plain().caller();
        caller.becomes(CALLERS);
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < number; i++) {
                clients.execute(() -> caller.post(lab.group(1), body));
            }
        }
        caller.becomes(1);
    }

    private static Chapter chapter(List<Rate> bare, List<Rate> service) {
        var commits = new Interleaved(commits("empty tasks", bare), commits("service", service));
        var runs = new Series("service", service.stream().map(Rate::perSecond).toList());
        var what = "Runs of 1 member without latency on PostgreSQL";
        var text = String.format(
                Locale.ROOT,
                "%.0f runs a second with %.1f commits each, and %.0f empty tasks a second with %.1f commits each.",
                runs.median(),
                service.getLast().commits(),
                new Series("", bare.stream().map(Rate::perSecond).toList()).median(),
                bare.getLast().commits());
        return new Chapter(
                what,
                text,
                List.of(Finding.ofRatio(
                        what + ": commits a second over bare db-scheduler's",
                        Bound.atLeast(0.8, " ×"),
                        commits.measured(),
                        commits.baseline())),
                List.of(
                        new Plot("throughput.svg", what, "runs a second", List.of(runs)),
                        new Plot(
                                "throughput-commits.svg",
                                what + ", by commits",
                                "a second",
                                List.of(commits.baseline(), commits.measured()))));
    }

    private static Series commits(String name, List<Rate> rates) {
        return new Series(
                name,
                rates.stream().map(rate -> rate.perSecond() * rate.commits()).toList());
    }

    /** @param commits of each */
    private record Rate(double perSecond, double commits) {}
}
