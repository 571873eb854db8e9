package dev.deprovisioner.benchmark;

/** One question of the benchmark. */
interface Measurement {

    Chapter measure(Lab lab);
}
