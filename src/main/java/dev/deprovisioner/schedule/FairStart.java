package dev.deprovisioner.schedule;

import java.time.Duration;

/**
 * By how much earlier a task is taken to be due, for its turn among all that are: the less, the more its owner has to be
 * done already. So the many tasks of one owner let those of others pass, and none waits for ever: a task that is older
 * by the difference of two head starts comes first in any case.
 *
 * @param steps from 0 to {@value #MOST}; the table's column {@code priority}
 */
record FairStart(int steps) {

    static final int MOST = 100;

    /** So many tasks of an owner have the whole head start. */
    private static final int FEW = 4;

    /** Beyond these, further tasks of an owner change nothing. */
    static final int COUNTED = MOST + FEW - 1;

    static final int STEP_SECONDS = 30;

    /**
     * A day, so that tasks that became due within the last day can be distinguished from tasks with a head start: even
     * the shortest head start is that long.
     */
    static final int LEAST_STEPS = 24 * 60 * 60 / STEP_SECONDS;

    /** @param ahead how many tasks of the same owner are still to be done */
    static FairStart behind(int ahead) {
        return new FairStart(Math.clamp(COUNTED - ahead, 0, MOST));
    }

    Duration time() {
        return Duration.ofSeconds((long) STEP_SECONDS * (LEAST_STEPS + steps));
    }
}
