package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.baseline.EmptyTasksMain;
import dev.deprovisioner.benchmark.baseline.FourStepsMain;
import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/** Runs that all become due at once, at a provider without latency, beside tasks of db-scheduler that do nothing. */
record Throughput() implements Measurement {

    private static final int WORKERS = 8;

    /** Of a run of one member. */
    private static final int REQUESTS = 6;

    /** Times a round, for DBOS to get warm: its rounds are short. */
    private static final int WARM_UP = 5;

    /** Of each request, until they are all accepted: on a busy machine it takes longer. */
    private static final Duration EACH = Duration.ofMillis(10);

    private static final Duration FIRST = Duration.ofSeconds(2);

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN);
        var workers = String.valueOf(WORKERS);
        try (var empty = lab.baseline(EmptyTasksMain.class, lab.database("scheduler"), workers);
                var dbos = lab.baseline(FourStepsMain.class, lab.database("dbos"), workers);
                var database = new Database(lab.plain().database())) {
            dbos.ask(String.valueOf(WARM_UP * lab.scale().loadMillis));
            var rates = new ArrayList<Rates>();
            for (int round = -2; round < lab.scale().longRounds + 1; round++) {
                var measured = new Rates(
                        emptyTasks(empty, database, 30 * lab.scale().runs),
                        Double.parseDouble(dbos.ask(String.valueOf(2 * lab.scale().loadMillis))),
                        runs(lab, database, lab.scale().runs, EACH));
                if (round >= 0) {
                    rates.add(measured);
                }
            }
            return chapter(rates, proof(lab, rates));
        }
    }

    /** No other measurement of a rate asks for as many requests a second without latency. */
    private static ProviderProof proof(Lab lab, List<Rates> rates) {
        double most = rates.stream()
                .mapToDouble(round -> round.service().perSecond())
                .max()
                .orElseThrow();
        return ProviderProof.withoutLatency(lab.provider(), REQUESTS * most);
    }

    private static Rate emptyTasks(ChildJvm empty, Database database, int number) {
        long before = database.written();
        double perSecond = Double.parseDouble(empty.ask(String.valueOf(number)));
        return new Rate(perSecond, (database.written() - before) / (double) number);
    }

    /** All of them are accepted before they become due, or it is done again with more time for each. */
    private static Rate runs(Lab lab, Database database, int number, Duration each) {
        var due = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(FIRST).plus(each.multipliedBy(number));
        lab.plain().postAll(number, () -> lab.group(1), "{\"notBefore\":\"%s\"}".formatted(due));
        var left = Duration.between(Instant.now(), due);
        if (left.isNegative()) {
            database.awaitEnd(due);
            return runs(lab, database, number, each.multipliedBy(2));
        }
        LockSupport.parkNanos(left.toNanos());
        long before = database.written();
        double seconds = database.awaitEnd(due).toMillis() / 1000.0;
        return new Rate(number / seconds, (database.written() - before) / (double) number);
    }

    private static Chapter chapter(List<Rates> rates, ProviderProof proof) {
        var runs = series("service", rates, round -> round.service().perSecond());
        var tasks = series("empty tasks", rates, round -> round.emptyTasks().perSecond());
        var workflows = series("DBOS workflows of four steps", rates, Rates::workflows);
        var commits = series("service", rates, round -> round.service().commits());
        var bareCommits =
                series("empty tasks", rates, round -> round.emptyTasks().commits());
        var what = "Runs of 1 member without latency on PostgreSQL";
        var text = String.format(
                Locale.ROOT,
                """
                %.0f runs a second with %.1f commits each, %.0f empty tasks of db-scheduler a second with %.1f commits each,
                and %.0f workflows a second of DBOS Transact with four empty steps, each with %d workers. The time of runs and
                tasks begins when they become due. The commits are those of the whole server meanwhile, so also those of
                heartbeats, of looks for due tasks and of the audit trail's sealing. Without latency %s: five times what
                the runs ask for.""",
                runs.median(),
                commits.median(),
                tasks.median(),
                bareCommits.median(),
                workflows.median(),
                WORKERS,
                proof.text());
        return new Chapter(
                what,
                text,
                List.of(
                        Finding.ofRatio(
                                        what + ": commits a second over bare db-scheduler's",
                                        Bound.atLeast(0.8, " ×"),
                                        runs.times(commits),
                                        tasks.times(bareCommits))
                                .doubtedFor(proof.doubts()),
                        Finding.ofRatio(
                                        what + ": runs a second over DBOS workflows",
                                        Bound.atLeast(1, " ×"),
                                        runs,
                                        workflows)
                                .doubtedFor(proof.doubts())),
                List.of(
                        new Plot("throughput.svg", what, "a second", List.of(workflows, runs)),
                        new Plot(
                                "throughput-commits.svg",
                                what + ": commits",
                                "a second",
                                List.of(tasks.times(bareCommits), runs.times(commits)))));
    }

    private static Series series(String name, List<Rates> rates, ToDoubleFunction<Rates> figure) {
        return new Series(name, rates.stream().mapToDouble(figure).boxed().toList());
    }

    /** Of one round, a second. */
    private record Rates(Rate emptyTasks, double workflows, Rate service) {}

    /** @param commits of each */
    private record Rate(double perSecond, double commits) {}
}
