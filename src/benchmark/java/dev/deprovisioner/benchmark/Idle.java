package dev.deprovisioner.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What the service uses while it has nothing to do, started as in the image. */
record Idle() implements Measurement {

    /** From its start to the first window, if the other measurements do not take longer. */
    private static final Duration SETTLES = Duration.ofMinutes(1);

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int WINDOWS = 4;

    @Override
    public void prepare(Lab lab) {
        lab.idle();
    }

    @Override
    public Chapter measure(Lab lab) {
        var usage = new Usage(lab.idle().process().pid());
        LockSupport.parkNanos(SETTLES.minus(usage.age()).toNanos());
        var minutes = usage.age().toMinutes();
        var shares = new ArrayList<Double>();
        for (int i = 0; i < WINDOWS; i++) {
            var before = usage.processorTime();
            LockSupport.parkNanos(WINDOW.toNanos());
            shares.add(100.0 * usage.processorTime().minus(before).toMillis() / WINDOW.toMillis());
        }
        return chapter(new Series("service", shares), usage.residentMegabytes(), minutes);
    }

    private static Chapter chapter(Series processor, double megabytes, long minutes) {
        return new Chapter(
                "Idle",
                "On PostgreSQL, %d min after its start.".formatted(minutes),
                List.of(
                        Finding.counted("Idle: resident memory", Bound.atMost(250, " MB"), megabytes)
                                .doubtedFor(Packaging.doubts()),
                        Finding.of("Idle: processor time", Bound.atMost(0.5, " % of a core"), processor)
                                .doubtedFor(Packaging.doubts())),
                List.of(new Plot("idle.svg", "Idle: processor time", "% of a core", List.of(processor))));
    }
}
