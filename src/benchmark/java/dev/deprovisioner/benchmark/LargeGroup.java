package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * 500 members at a provider that takes 20 ms for each answer: how close a run comes to a client that keeps nothing.
 *
 * @param inFlight requests at once
 * @param most the time of the service, as a multiple of the client's
 */
record LargeGroup(int inFlight, double most) implements Measurement {

    private static final int MEMBERS = 500;
    private static final int LEAST_REQUESTS = MEMBERS + 5;

    /** Times the rounds that do not count, without latency: in the full form, both are then as fast as they get. */
    private static final int WARM_UPS = 10;

    /** Requests in flight of the plain service. */
    private static final int PLAIN = 16;

    private static final Duration LATENCY = Duration.ofMillis(20);

    @Override
    public Chapter measure(Lab lab) {
        if (inFlight == PLAIN) {
            return measure(lab, lab.plain());
        }
        var settings = Map.of("deprovisioner.upstream.max-concurrency", String.valueOf(inFlight));
        try (var service = lab.service("large_" + inFlight, settings)) {
            return measure(lab, service);
        }
    }

    private Chapter measure(Lab lab, Service service) {
        try (var client = lab.bareClient()) {
            var doubts =
                    ProviderProof.withLatency(lab.provider(), LATENCY, inFlight).doubts();
            lab.provider().behave(Behaviour.PLAIN);
            rounds(WARM_UPS * lab.scale().warmUp, lab, service, client);
            lab.provider().behave(Behaviour.PLAIN.withLatency(LATENCY));
            rounds(lab.scale().warmUp, lab, service, client);
            var times = rounds(lab.scale().rounds, lab, service, client);
            return chapter(times, doubts, requests(lab), WARM_UPS * lab.scale().warmUp);
        }
    }

    private Interleaved rounds(int number, Lab lab, Service service, ChildJvm client) {
        return Interleaved.rounds(
                number,
                "bare client",
                () -> Double.parseDouble(client.ask(lab.group(MEMBERS) + " " + inFlight)) / 1e6,
                () -> service.caller().remove(lab.group(MEMBERS)));
    }

    /** A run of the service, on average. The bare client sent the least. */
    private static double requests(Lab lab) {
        int runs = lab.scale().warmUp + lab.scale().rounds;
        return lab.provider().journal().size() / (double) runs - LEAST_REQUESTS;
    }

    private Chapter chapter(Interleaved times, List<String> doubts, double requests, int warmUps) {
        var what = String.format(Locale.ROOT, "500 members, 20 ms, %d in flight", inFlight);
        var wall = Finding.ofRatio(
                        what + ": time over the bare client's",
                        Bound.atMost(most, " ×"),
                        times.measured(),
                        times.baseline())
                .doubtedFor(doubts);
        var count = Finding.counted(what + ": requests", Bound.atMost(LEAST_REQUESTS, ""), requests);
        var plot = new Plot("large-" + inFlight + ".svg", what, "ms", List.of(times.baseline(), times.measured()));
        return new Chapter(what, """
                The caller posts a group and waits for its end. The bare client sends the least requests that remove the
                same group. Both remove %d such groups without latency before.""".formatted(warmUps), List.of(wall, count), List.of(plot));
    }
}
