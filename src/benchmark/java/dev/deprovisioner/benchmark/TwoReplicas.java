package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.ProviderProcess.Exchange;
import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Two replicas that share a limit of 50 requests a second, and have more to do than it allows. */
record TwoReplicas() implements Measurement {

    private static final int MEMBERS = 100;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Override
    public Chapter measure(Lab lab) {
        var database = lab.database("shared");
        try (var first = lab.service("first", database, LimitedRate.SETTINGS);
                var second = lab.service("second", database, LimitedRate.SETTINGS)) {
            lab.provider().behave(Behaviour.PLAIN.withLimit(LimitedRate.RATE, LimitedRate.BURST));
            int seconds = lab.scale().windowSeconds;
            int groups = 2 + (LimitedRate.BURST + 2 * seconds * LimitedRate.RATE) / MEMBERS;
            for (int i = 0; i < groups; i += 2) {
                first.caller().post(lab.group(MEMBERS), "");
                second.caller().post(lab.group(MEMBERS), "");
            }
            // The burst is used up, and then some.
            LockSupport.parkNanos((4 + seconds) * SECOND);
            return chapter(lab.provider().journal(), seconds);
        }
    }

    private static Chapter chapter(List<Exchange> journal, int seconds) {
        long end = journal.stream().mapToLong(Exchange::arrived).max().orElseThrow();
        var shares = new ArrayList<Double>();
        LongStream.range(0, seconds)
                .map(i -> end - (i + 1) * SECOND)
                .mapToObj(from -> arrivals(journal, from, from + SECOND) / (double) LimitedRate.RATE)
                .forEach(shares::addFirst);
        double share = arrivals(journal, end - seconds * SECOND, end) / (double) (seconds * LimitedRate.RATE);
        long refused =
                journal.stream().filter(request -> request.status() == 429).count();
        var what = "2 replicas, 50 requests/s together";
        return new Chapter(
                what,
                "The share of the limit that is used in %d s, while there is more to do.".formatted(seconds),
                List.of(
                        Finding.counted(what + ": share of the limit", Bound.atLeast(0.98, ""), share),
                        Finding.counted(what + ": 429 caused", Bound.atMost(0, ""), (double) refused)),
                List.of(new Plot(
                        "replicas.svg", what, "of the limit, each second", List.of(new Series("both", shares)))));
    }

    /** @param from exclusive, by the monotonic clock */
    private static long arrivals(List<Exchange> journal, long from, long to) {
        return journal.stream()
                .filter(request -> request.arrived() > from && request.arrived() <= to)
                .count();
    }
}
