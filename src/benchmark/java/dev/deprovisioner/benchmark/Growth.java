package dev.deprovisioner.benchmark;

import dev.deprovisioner.benchmark.provider.Behaviour;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a member costs in a group of 10,000, beside groups of 50 and of one. */
record Growth() implements Measurement {

    private static final int LARGE = 10_000;
    private static final int SMALL = 50;
    private static final int SMALL_RUNS = 40;
    private static final int WARM_UP_RUNS = 500;

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN);
        var settings = Map.of("deprovisioner.policy.max-members", String.valueOf(LARGE));
        try (var service = lab.service("growth", settings)) {
            var usage = new Usage(service.process().pid());
            double one = peakOf(usage, () -> remove(lab, service, 1, SMALL_RUNS));
            double large = peakOf(usage, () -> remove(lab, service, LARGE, 1));
            // Its code gets compiled: without this, the processor time of the first rounds would have that of the
            // compilers.
            remove(lab, service, SMALL, WARM_UP_RUNS);
            var times = Interleaved.rounds(
                    lab.scale().longRounds,
                    "groups of 50",
                    () -> perMember(usage, SMALL * SMALL_RUNS, () -> remove(lab, service, SMALL, SMALL_RUNS)),
                    () -> perMember(usage, LARGE, () -> remove(lab, service, LARGE, 1)));
            return chapter(times, large / one);
        }
    }

    private static void remove(Lab lab, Service service, int members, int times) {
        for (int i = 0; i < times; i++) {
            service.caller().remove(lab.group(members));
        }
    }

    private static double peakOf(Usage usage, Runnable work) {
        usage.forgetPeak();
        work.run();
        return usage.peakMegabytes();
    }

    /** Milliseconds of processor time. */
    private static double perMember(Usage usage, int members, Runnable work) {
        Duration before = usage.processorTime();
        work.run();
        return usage.processorTime().minus(before).toNanos() / 1e6 / members;
    }

    private static Chapter chapter(Interleaved times, double memory) {
        var what = "10,000 members";
        return new Chapter(
                what,
                """
                Processor time of the service, and the most memory that was resident meanwhile. The memory is that of
                the first run of 10,000.""",
                List.of(
                        Finding.ofRatio(
                                what + ": processor time a member over that of groups of 50",
                                Bound.atMost(1.1, " ×"),
                                times.measured(),
                                times.baseline()),
                        Finding.counted(
                                what + ": resident memory over that of groups of one",
                                Bound.atMost(1.2, " ×"),
                                memory)),
                List.of(new Plot(
                        "growth.svg", "Processor time a member", "ms", List.of(times.baseline(), times.measured()))));
    }
}
