package dev.deprovisioner.schedule;

import java.time.Duration;

/**
 * How much earlier than its time a task counts as due. The more tasks its owner already has, the less it is. So tasks
 * of an owner with few tasks come before those of an owner with many. None waits for ever: a task that is older by the
 * difference of two head starts comes first.
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
     * A day. Even the shortest head start is that long, which distinguishes tasks that became due within the last day
     * from tasks with a head start.
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
