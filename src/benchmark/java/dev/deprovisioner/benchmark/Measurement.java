package dev.deprovisioner.benchmark;

/** One question of the benchmark. */
interface Measurement {

    /** Starts what has to have run for a while before it is measured. */
    default void prepare(Lab lab) {}

    Chapter measure(Lab lab);
}
