package dev.deprovisioner.testbed;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Where random tests begin: at the same place in every build, so that a failure is due to a change. The Maven profile
 * {@code chaos} sets {@code chaos.random}, and then each build begins elsewhere.
 */
public final class Seed {

    private static final boolean RANDOM = Boolean.getBoolean("chaos.random");
    private static final long FIXED = 4711;

    private Seed() {}

    /** @param property the system property that repeats what was found under a seed */
    public static long of(String property) {
        return Long.getLong(property, RANDOM ? ThreadLocalRandom.current().nextInt(1_000_000) : FIXED);
    }

    /** How much of a random test runs. */
    public static int count(int inEveryBuild, int inChaos) {
        return RANDOM ? inChaos : inEveryBuild;
    }
}
