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
    private static final int WARM_UP_RUNS = 400;

    @Override
    public Chapter measure(Lab lab) {
        lab.provider().behave(Behaviour.PLAIN);
        var settings = Map.of("deprovisioner.policy.max-members", String.valueOf(LARGE));
        try (var service = lab.service("growth", settings)) {
            var memory = memory(lab, service);
            // Its code gets compiled: without this, the processor time of the first rounds would have that of the
            // compilers.
            remove(lab, service, SMALL, WARM_UP_RUNS);
            var usage = new Usage(service.process().pid());
            var times = Interleaved.rounds(
                    lab.scale().longRounds,
                    "groups of 50",
                    () -> perMember(usage, SMALL * SMALL_RUNS, () -> remove(lab, service, SMALL, SMALL_RUNS)),
                    () -> perMember(usage, LARGE, () -> remove(lab, service, LARGE, 1)));
            return chapter(times, memory);
        }
    }

    /** Of two processes: a heap that has grown for a large group keeps its size also for groups of one. */
    private static Interleaved memory(Lab lab, Service large) {
        try (var small = lab.service("growth_of_one", Map.of())) {
            return Interleaved.rounds(
                    lab.scale().longRounds,
                    "groups of one",
                    () -> peak(small, () -> remove(lab, small, 1, SMALL_RUNS)),
                    () -> peak(large, () -> remove(lab, large, LARGE, 1)));
        }
    }

    private static void remove(Lab lab, Service service, int members, int times) {
        for (int i = 0; i < times; i++) {
            service.caller().remove(lab.group(members));
        }
    }

    private static double peak(Service service, Runnable work) {
        var usage = new Usage(service.process().pid());
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

    private static Chapter chapter(Interleaved times, Interleaved memory) {
        var what = "10,000 members";
        return new Chapter(
                what,
                """
                Processor time of the service, and the most memory that was resident in each round. The memory is that of
                two new processes: one removes only groups of one member, the other one only groups of 10,000.""",
                List.of(
                        Finding.ofRatio(
                                what + ": processor time a member over that of groups of 50",
                                Bound.atMost(1.1, " ×"),
                                times.measured(),
                                times.baseline()),
                        Finding.ofRatio(
                                what + ": resident memory over that of groups of one",
                                Bound.atMost(1.2, " ×"),
                                memory.measured(),
                                memory.baseline())),
                List.of(
                        new Plot(
                                "growth.svg",
                                "Processor time a member",
                                "ms",
                                List.of(times.baseline(), times.measured())),
                        new Plot(
                                "growth-memory.svg",
                                "Resident memory",
                                "MB",
                                List.of(memory.baseline(), memory.measured()))));
    }
}
