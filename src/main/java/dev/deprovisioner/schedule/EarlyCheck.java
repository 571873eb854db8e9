package dev.deprovisioner.schedule;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.time.Instant;

/**
 * Begins a task of this process when it is due, and not at the next poll. So polls can be rare, while short pauses stay short.
 *
 * @param check looks for due tasks
 */
record EarlyCheck(Runnable check) {

    /** A task that is due later can wait for a poll: that makes little of its pause. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** @param at when a task is due */
    void checkAt(Instant at, Instant now) {
        var wait = Duration.between(now, at);
        if (!wait.isPositive()) {
            check.run();
        } else if (wait.compareTo(SOON) <= 0) {
            delayedExecutor(wait.toMillis() + 1, MILLISECONDS).execute(check);
        }
    }
}
