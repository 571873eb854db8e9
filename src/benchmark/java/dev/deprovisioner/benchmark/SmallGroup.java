package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/** One member at a provider without latency: what a run takes beyond its requests. */
record SmallGroup() implements Measurement {

    /** Times the rounds of the full form, as each is short. */
    private static final int SHORT = 2;

    /** Runs of a round: one takes so little that a disturbance is a large part of it. */
    private static final int RUNS = 20;

    /** Of the bare client, which takes a tenth of the time. */
    private static final int BARE_RUNS = 100;

    @Override
    public Chapter measure(Lab lab) {
        var caller = lab.plain().caller();
        try (var client = lab.bareClient()) {
            lab.provider().behave(Behaviour.PLAIN);
            var times = Interleaved.of(
                    lab.scale(),
                    lab.scale() == Scale.FULL ? SHORT : 1,
                    "bare client",
                    () -> median(BARE_RUNS, () -> Double.parseDouble(client.ask(lab.group(1) + " 1")) / 1e6),
                    () -> median(RUNS, () -> caller.remove(lab.group(1))));
            return chapter(times);
        }
    }

    private static double median(int runs, DoubleSupplier run) {
        return new Series("runs", DoubleStream.generate(run).limit(runs).boxed().toList()).median();
    }

    private static Chapter chapter(Interleaved times) {
        var what = "1 member, no latency, Prefer: wait";
        var finding = Finding.ofDifference(
                what + ": time beyond the bare client's", Bound.atMost(15, " ms"), times.measured(), times.baseline());
        var plot = new Plot("small.svg", what, "ms", List.of(times.baseline(), times.measured()));
        return new Chapter(what, """
                What a run takes for itself: authentication, commits, and the way from the end of the run to the
                answer. Each round is the median of 20 runs, and of 100 of the bare client.""", List.of(finding), List.of(plot));
    }
}
