package dev.deprovisioner.benchmark;

/** How often a benchmark repeats what it measures. */
enum Scale {
    FULL(8, 7, 3, 10, 2000, 400, 6000),
    QUICK(1, Finding.FEWEST_ROUNDS, Finding.FEWEST_ROUNDS, 5, 400, 40, 200);

    final int warmUp;
    final int rounds;
    /** Of what takes many seconds each time. */
    final int longRounds;
    /** For what is measured over a time. */
    final int windowSeconds;
    /** Of each round of a load, in milliseconds. */
    final long loadMillis;
    /** That become due at once. */
    final int runs;
    /** Before their rate is measured. */
    final int firstPosts;

    Scale(int warmUp, int rounds, int longRounds, int windowSeconds, long loadMillis, int runs, int firstPosts) {
        this.warmUp = warmUp;
        this.rounds = rounds;
        this.longRounds = longRounds;
        this.windowSeconds = windowSeconds;
        this.loadMillis = loadMillis;
        this.runs = runs;
        this.firstPosts = firstPosts;
    }

    /** By the system property {@code benchmark.quick}, which needs no value. */
    static Scale chosen() {
        return System.getProperty("benchmark.quick") == null ? FULL : QUICK;
    }
}
