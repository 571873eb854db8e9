package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** POST, and the start of a run, while 100,000 runs are queued for tomorrow, beside a service with one. */
record Queued() implements Measurement {

    private static final int MANY = 100_000;
    private static final int POSTS = 500;
    private static final int STARTS = 100;
    private static final double P99 = 0.99;

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN);
        try (var one = lab.service("one_queued", Map.of());
                var many = lab.service("many_queued", Map.of());
                var rowsOfOne = new Database(one.database());
                var rowsOfMany = new Database(many.database())) {
            Stream.of(one, many).forEach(service -> service.caller().post(lab.group(1), tomorrow()));
            new Backlog(many.database()).add(MANY);
            // The first requests of a process are slow.
            postRounds(2, lab, one, rowsOfOne, many, rowsOfMany);
            var posts = postRounds(lab.scale().rounds, lab, one, rowsOfOne, many, rowsOfMany);
            starts(lab, one, rowsOfOne);
            starts(lab, many, rowsOfMany);
            var starts = Interleaved.rounds(
                    lab.scale().longRounds,
                    "one queued",
                    () -> starts(lab, one, rowsOfOne),
                    () -> starts(lab, many, rowsOfMany));
            return chapter(posts, starts, rowsOfOne.queued(), rowsOfMany.queued());
        }
    }

    private static Interleaved postRounds(
            int number, Lab lab, Service one, Database rowsOfOne, Service many, Database rowsOfMany) {
        return Interleaved.rounds(
                number, "one queued", () -> posts(lab, one, rowsOfOne), () -> posts(lab, many, rowsOfMany));
    }

    private static String tomorrow() {
        return "{\"notBefore\":\"%s\"}"
                .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS));
    }

    /** The p99 of some, in milliseconds. What they queue is deleted, so that each round finds as much as the first. */
    private static double posts(Lab lab, Service service, Database database) {
        service.caller().becomes(1);
        var body = tomorrow();
        var since = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        double p99 = new Series(
                        "posts",
                        Stream.generate(() -> millis(() -> service.caller().post(lab.group(1), body)))
                                .limit(POSTS)
                                .toList())
                .quantile(P99);
        database.deleteQueued(since);
        database.vacuum();
        return p99;
    }

    private static double millis(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    /** The p99 of the time from the request for a run to its start, in milliseconds. */
    private static double starts(Lab lab, Service service, Database database) {
        var since = Instant.now();
        for (int i = 0; i < STARTS; i++) {
            service.caller().remove(lab.group(1));
        }
        return new Series("starts", database.millisToStart(since)).quantile(P99);
    }

    private static Chapter chapter(Interleaved posts, Interleaved starts, long inOne, long inMany) {
        var what = "100,000 queued";
        return new Chapter(
                what,
                String.format(Locale.ROOT, """
                        One service has %,d run queued for tomorrow, the other one %,d. One client posts %d groups for tomorrow a round,
                        which are deleted after the round. Then it posts groups that start at once, %d a round: their time to the
                        start has the claim. Not shown: a claim among so many runs that are due.""", inOne, inMany, POSTS, STARTS),
                List.of(
                        Finding.ofRatio(
                                what + ": p99 of POST over that with one queued",
                                Bound.atMost(1.2, " ×"),
                                posts.measured(),
                                posts.baseline()),
                        Finding.ofRatio(
                                what + ": p99 of the time to the start over that with one queued",
                                Bound.atMost(1.2, " ×"),
                                starts.measured(),
                                starts.baseline())),
                List.of(
                        new Plot(
                                "queued-posts.svg",
                                what + ": p99 of POST",
                                "ms",
                                List.of(posts.baseline(), posts.measured())),
                        new Plot(
                                "queued-starts.svg",
                                what + ": p99 to the start",
                                "ms",
                                List.of(starts.baseline(), starts.measured()))));
    }
}
