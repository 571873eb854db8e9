package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.ProviderProcess.Exchange;
import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Two replicas that share a limit of 50 requests a second, and have more to do than it allows. */
record TwoReplicas() implements Measurement {

    private static final int MEMBERS = 100;

    /** After the last POST: the burst is used up by then. */
    private static final long BEGINS_AFTER = 4;

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
            long begin = System.nanoTime() + BEGINS_AFTER * SECOND;
            LockSupport.parkNanos((BEGINS_AFTER + seconds) * SECOND);
            var journal = lab.provider().journal();
            long refused =
                    journal.stream().filter(request -> request.status() == 429).count();
            return chapter(shares(journal, begin, seconds), refused);
        }
    }

    /**
     * The share of the limit that was used in each second, also in those without a request.
     *
     * @param begin by the monotonic clock
     */
    static Series shares(List<Exchange> journal, long begin, int seconds) {
        var shares = LongStream.range(0, seconds)
                .map(second -> begin + second * SECOND)
                .mapToObj(from -> arrivals(journal, from) / (double) LimitedRate.RATE)
                .toList();
        return new Series("both", shares);
    }

    /** In the second from then on. */
    private static long arrivals(List<Exchange> journal, long from) {
        return journal.stream()
                .map(request -> request.arrived() - from)
                .filter(after -> after >= 0 && after < SECOND)
                .count();
    }

    private static Chapter chapter(Series shares, long refused) {
        var what = "2 replicas, 50 requests/s together";
        return new Chapter(
                what,
                "The share of the limit that is used in %d s, from %d s after the last POST on, while there is more to do."
                        .formatted(shares.values().size(), BEGINS_AFTER),
                List.of(
                        Finding.counted(what + ": share of the limit", Bound.atLeast(0.98, ""), shares.mean()),
                        Finding.counted(what + ": 429 caused", Bound.atMost(0, ""), (double) refused)),
                List.of(new Plot("replicas.svg", what, "of the limit, each second", List.of(shares))));
    }
}
