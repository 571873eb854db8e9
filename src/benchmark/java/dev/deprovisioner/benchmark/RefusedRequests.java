package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.util.List;

/** A provider that refuses each hundredth request with 429: how many requests that costs. */
record RefusedRequests() implements Measurement {

    private static final int MEMBERS = 500;
    private static final int LEAST_REQUESTS = MEMBERS + 5;

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN.refusingEach(100));
        lab.plain().caller().remove(lab.group(MEMBERS));
        var journal = lab.provider().journal();
        long refused =
                journal.stream().filter(request -> request.status() == 429).count();
        var finding = Finding.counted(
                "500 members, 1 % 429: requests over the least",
                Bound.atMost(1.02, " ×"), journal.size() / (double) LEAST_REQUESTS);
        var text = "The provider refused %d of %d requests, and asked for a pause of a second each time."
                .formatted(refused, journal.size());
        return new Chapter("500 members, 1 % of requests refused", text, List.of(finding), List.of());
    }
}
