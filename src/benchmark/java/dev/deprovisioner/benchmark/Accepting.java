package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.baseline.CommitLoopMain;
import dev.deprovisioner.benchmark.baseline.Load;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.flywaydb.core.Flyway;

/** 16 clients post groups for tomorrow, beside a loop that commits the same rows. */
record Accepting() implements Measurement {

    /** The service still seals the entries of the round before: that would slow the loop down. */
    private static final Duration UNTIL_SEALED = Duration.ofSeconds(2);

    @Override
    public Chapter measure(Lab lab) {
        var service = lab.plain();
        var tomorrow = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS);
        var body = "{\"notBefore\":\"%s\"}".formatted(tomorrow);
        var group = lab.group(1);
        service.caller().post(group, body);
        try (var loop = lab.baseline(
                CommitLoopMain.class,
                service.database(),
                group,
                migrated(lab.database("commits")),
                String.valueOf(Service.CLIENTS))) {
            var commits = new ArrayList<Load>();
            var posts = new ArrayList<Load>();
            // As many as it takes to be compiled, on a busy machine too.
            service.postAll(lab.scale().firstPosts, () -> lab.group(1), body);
            for (int round = -2; round < lab.scale().rounds; round++) {
                long millis = lab.scale().loadMillis;
                service.caller().becomes(Service.CALLERS);
                LockSupport.parkNanos(UNTIL_SEALED.toNanos());
                var bare = Load.of(loop.ask(String.valueOf(millis)));
                var accepted = Load.of(
                        Service.CLIENTS,
                        Duration.ofMillis(millis),
                        i -> () -> service.caller().post(lab.group(1), body));
                if (round >= 0) {
                    commits.add(bare);
                    posts.add(accepted);
                }
            }
            service.caller().becomes(1);
            return chapter(commits, posts);
        }
    }

    private static String migrated(String database) {
        Flyway.configure()
                .dataSource(database, null, null)
                .locations("db/migration", "db/vendor/postgresql")
                .load()
                .migrate();
        return database;
    }

    private static Chapter chapter(List<Load> commits, List<Load> posts) {
        var rates = of(commits, posts, Load::perSecond);
        var slowest = of(commits, posts, Load::p99);
        var what = "POST with 16 clients on PostgreSQL";
        return new Chapter(
                what,
                """
                The bare loop inserts the three rows of an accepted request, and commits them, with 16 connections. The
                service does so too; with it, clients, HTTP, RS256 and its checks share the cores.""",
                List.of(
                        Finding.ofRatio(
                                what + ": rate over the commit loop's",
                                Bound.atLeast(0.5, " ×"),
                                rates.measured(),
                                rates.baseline()),
                        Finding.ofRatio(
                                what + ": p99 over the commit loop's",
                                Bound.atMost(3, " ×"),
                                slowest.measured(),
                                slowest.baseline())),
                List.of(
                        new Plot("accepting.svg", what, "a second", List.of(rates.baseline(), rates.measured())),
                        new Plot(
                                "accepting-p99.svg",
                                what + ", p99",
                                "ms",
                                List.of(slowest.baseline(), slowest.measured()))));
    }

    private static Interleaved of(List<Load> commits, List<Load> posts, ToDoubleFunction<Load> figure) {
        return new Interleaved(
                new Series(
                        "commit loop",
                        commits.stream().mapToDouble(figure).boxed().toList()),
                new Series("service", posts.stream().mapToDouble(figure).boxed().toList()));
    }
}
