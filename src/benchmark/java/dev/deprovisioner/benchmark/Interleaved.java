package dev.deprovisioner.benchmark;

import java.util.ArrayList;
import java.util.function.DoubleSupplier;

/** Two things measured in turn, A-B-A-B, so that both meet the same state of the machine. */
record Interleaved(Series baseline, Series measured) {

    /**
     * After some rounds that do not count.
     *
     * @param times how often the rounds of the scale are made: more for what is short
     */
    static Interleaved of(Scale scale, int times, String name, DoubleSupplier baseline, DoubleSupplier measured) {
        rounds(times * scale.warmUp, name, baseline, measured);
        return rounds(times * scale.rounds, name, baseline, measured);
    }

    /** Without a warm-up. */
    static Interleaved rounds(int number, String name, DoubleSupplier baseline, DoubleSupplier measured) {
        var first = new ArrayList<Double>();
        var second = new ArrayList<Double>();
        for (int round = 0; round < number; round++) {
            first.add(baseline.getAsDouble());
            second.add(measured.getAsDouble());
        }
        return new Interleaved(new Series(name, first), new Series("service", second));
    }
}
