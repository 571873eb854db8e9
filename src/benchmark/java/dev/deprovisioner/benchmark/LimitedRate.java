package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** 50 requests a second, which the provider enforces by an exact token bucket. */
record LimitedRate() implements Measurement {

    static final int RATE = 50;
    static final int BURST = 100;
    static final Map<String, String> SETTINGS = Map.of(
            "deprovisioner.upstream.rate-limit.requests", String.valueOf(60 * RATE),
            "deprovisioner.upstream.rate-limit.period", "1m",
            "deprovisioner.upstream.rate-limit.burst", String.valueOf(BURST));

    private static final int MEMBERS = 500;
    private static final double BOUND_MILLIS = 1000.0 * (MEMBERS + 5 - BURST) / RATE;
    private static final Duration REFILL = Duration.ofMillis(1000L * BURST / RATE + 500);

    @Override
    public Chapter measure(Lab lab) {
        try (var service = lab.service("limited", SETTINGS)) {
            lab.provider().behave(Behaviour.PLAIN.withLimit(RATE, BURST));
            var times = new ArrayList<Double>();
            for (int round = -1; round < lab.scale().longRounds; round++) {
                LockSupport.parkNanos(REFILL.toNanos());
                double time = service.caller().remove(lab.group(MEMBERS)) / BOUND_MILLIS;
                if (round >= 0) {
                    times.add(time);
                }
            }
            return chapter(lab, new Series("service, as a multiple of the bound", times));
        }
    }

    private static Chapter chapter(Lab lab, Series times) {
        long refused = lab.provider().journal().stream()
                .filter(request -> request.status() == 429)
                .count();
        var what = "500 members, 50 requests/s";
        return new Chapter(
                what,
                "The bound is (requests − burst) / rate: (505 − %d) / %d s.".formatted(BURST, RATE),
                List.of(
                        Finding.of(what + ": time over the bound", Bound.atMost(1.02, " ×"), times),
                        Finding.counted(what + ": 429 caused", Bound.atMost(0, ""), (double) refused)),
                List.of(new Plot("limited.svg", what, "×", List.of(times))));
    }
}
